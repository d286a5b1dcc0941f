/** The page about the history of an image: one row per build step, the latest first. */
import { t } from '@vscode/l10n';
import type { Layer } from '../engine/objects.ts';
import { ageBetween, formatAge, formatSize } from '../ui/format.ts';
import { escapeMarkdown } from '../ui/markdown.ts';

/** The page as Markdown. Instructions are untrusted, so that markup in them is escaped. */
export function historyPage(name: string, layers: readonly Layer[], now: Date): string {
  const total = layers.reduce((sum, layer) => sum + layer.size, 0);
  const filled = layers.filter((layer) => layer.size > 0).length;
  const rows = layers.map((layer) => {
    const share = total === 0 ? 0 : Math.round((layer.size / total) * 100);
    const bytes = layer.size === 0 ? '' : `${formatSize(layer.size)} (${String(share)} %)`;
    const tags = layer.tags.map((tag) => `**${escapeMarkdown(tag)}** `).join('');
    return `| ${bytes} | ${formatAge(ageBetween(layer.createdAt, now))} | ${tags}${code(instruction(layer))} |`;
  });
  return [
    `# ${escapeMarkdown(name)}`,
    '',
    t('{0} · layers: {1} · steps: {2}, latest first', formatSize(total), filled, layers.length),
    '',
    `| ${t('Size')} | ${t('Created')} | ${t('Instruction')} |`,
    '| --: | :-- | :-- |',
    ...rows,
    '',
  ].join('\n');
}

/** The instruction as in the Dockerfile, without the additions of the builders. */
export function instruction({ createdBy, comment }: Pick<Layer, 'createdBy' | 'comment'>): string {
  const text = createdBy
    .replace(/\s*# buildkit$/, '')
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^(?:RUN )?\|\d+ (?:\S+=(?:"[^"]*"|\S*) )*/, 'RUN ')
    .replace(/^RUN \/bin\/sh -c /, 'RUN ')
    .replace(/^\/bin\/sh -c /, 'RUN ')
    .trim();
  return text === '' ? comment : text;
}

/** Code in a table cell; escapes characters that would end the cell or the code. */
function code(text: string): string {
  const html = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~$:/@]/g, (character) => `&#${String(character.charCodeAt(0))};`)
    .replace(/\s+/g, ' ');
  return html === '' ? '' : `<code>${html}</code>`;
}
