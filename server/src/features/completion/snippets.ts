/** Complete instructions for the base image of the stage. */
import { snippets as all } from '../../reference/snippets.ts';
import { t } from '../../text/translation.ts';
import { baseOf } from './base.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

/** Snippets that fit the stage; none before the first stage. `lower` selects lowercase keywords. */
export function snippets({ document, word }: Place, lower: boolean): readonly Completion[] {
  const stage = document.model.stages.findLast(({ from }) => from.span.start < word.start);
  if (stage === undefined) return [];
  const { name: base, system } = baseOf(stage);
  const source = document.model.stages.findLast(({ name, index }) => name && index < stage.index);
  return all
    .filter(
      (one) =>
        (one.system === undefined || system === undefined || one.system === system) &&
        (one.images === undefined || (base !== undefined && one.images.includes(base))) &&
        (source !== undefined || !one.label.startsWith('COPY --from')),
    )
    .map(({ label, body, documentation }) => ({
      ...plain(withKeywordCase(label, lower), word, {
        kind: 'snippet',
        insert: withKeywordCase(body, lower)
          .replace('${1:build}', `\${1:${source?.name ?? 'build'}}`)
          .replaceAll('\\\\\n', document.tree.escape === '`' ? '`\n' : '\\\\\n'),
        detail: t(documentation),
        markdown: () => `\`\`\`dockerfile\n${withoutPlaceholders(body)}\n\`\`\``,
      }),
      snippet: true,
    }));
}

/** Converts keywords at the start of lines to lowercase. */
function withKeywordCase(text: string, lower: boolean): string {
  return lower ? text.replace(/^[A-Z]+(?=\s)|\bAS\b/gm, (keyword) => keyword.toLowerCase()) : text;
}

/** Replaces placeholders with their default texts. */
function withoutPlaceholders(body: string): string {
  return body
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d/g, '')
    .replace(/\\\\/g, '\\');
}
