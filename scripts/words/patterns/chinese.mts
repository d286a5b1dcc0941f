/** Worn wording in Simplified Chinese, judged beside the English text. */

export interface ChinesePattern {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly better: string;
  /** Only where the English text matches too. */
  readonly english?: RegExp;
  /** Only where the English text does not match. */
  readonly notEnglish?: RegExp;
}

export const chinesePatterns: readonly ChinesePattern[] = [
  {
    pattern: /文件夹/,
    notEnglish: /\bfolders?\b/i,
    reason: 'Linux 和容器中的路径是目录',
    better: '目录',
  },
  { pattern: /解包|解开/, reason: '归档文件的术语', better: '解压' },
  {
    pattern: /^检查(?:容器|镜像|网络|卷|上下文)/,
    english: /\binspect\b/i,
    reason: 'docker inspect 显示详情，不做检查',
    better: '查看容器详情',
  },
  {
    pattern: /公开的?端口/,
    english: /publish/i,
    reason: 'docker run -p 发布端口',
    better: '发布的端口',
  },
  {
    pattern: /(?<!强制)终止/,
    english: /\bkill(?:s|ed|ing)?\b/i,
    reason: 'kill 是强制终止',
    better: '强制终止',
  },
  { pattern: /忠告|建议 ?\{0\} ?条/, reason: '诊断的级别', better: '提示' },
  { pattern: /告诉|没人|没有人|谁都/, reason: '逐字翻译', better: '报告、显示；或被动句' },
  { pattern: /东西/, reason: '口语', better: '说出是什么' },
  { pattern: /个中 ?\{?\d|个中 1 个/, reason: '不自然', better: '{0}/{1} 运行中' },
  { pattern: /"/, reason: '中文用弯引号', better: '“…”' },
  {
    pattern: /[\u4e00-\u9fff][,;!?]|[\u4e00-\u9fff]:(?!\/\/|\d)/,
    reason: '中文用全角标点',
    better: '，；：！？',
  },
];
