/** How an image came to be, as a page: one row a step, the last first. */
import { t } from '@vscode/l10n';
import type { Layer } from '../engine/objects.ts';
import { ageOf, ago, size } from '../ui/format.ts';
import { escaped } from '../ui/markdown.ts';

/** Markdown; instructions come from strangers and cannot act. */
export function historyPage(name: string, layers: readonly Layer[], now: Date): string {
  const total = layers.reduce((sum, layer) => sum + layer.size, 0);
  const filled = layers.filter((layer) => layer.size > 0).length;
  const rows = layers.map((layer) => {
    const share = total === 0 ? 0 : Math.round((layer.size / total) * 100);
    const bytes = layer.size === 0 ? '' : `${size(layer.size)} (${String(share)} %)`;
    const tags = layer.tags.map((tag) => `**${escaped(tag)}** `).join('');
    return `| ${bytes} | ${ago(ageOf(layer.createdAt, now))} | ${tags}${code(instruction(layer))} |`;
  });
  return [
    `# ${escaped(name)}`,
    '',
    t(
      '{0} · layers: {1} · steps: {2}; the last step stands first.',
      size(total),
      filled,
      layers.length,
    ),
    '',
    `| ${t('Size')} | ${t('Created')} | ${t('Instruction')} |`,
    '| --: | :-- | :-- |',
    ...rows,
    '',
  ].join('\n');
}

/** What stood in the Dockerfile, without what the builders put around it. */
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

/** As code in a table: nothing in it ends the cell or the code. */
function code(text: string): string {
  const html = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~$:/@]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
    .replace(/\s+/g, ' ');
  return html === '' ? '' : `<code>${html}</code>`;
}
