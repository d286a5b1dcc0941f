/** Our own: BuildKit reads directives only from the first lines and ignores the others silently (parser/directives.go). */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { parseImage } from '../../images/image.ts';
import type { Comment } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { lineBreak, removeLine } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Put `# syntax` and `# escape` at the top of the file',
  why: 'Docker reads parser directives from the top of the file and stops at the first line that is something else: a comment, an empty line or an instruction. After that, `# syntax=…` is an ordinary comment, and there is no warning.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
  on: { words: ['syntax', 'escape'] },
  examples: [
    {
      bad: dockerfile`
        # The image of our site
        «# syntax=docker/dockerfile:1»
        FROM nginx:1.31-alpine
      `,
      good: dockerfile`
        # syntax=docker/dockerfile:1
        # The image of our site
        FROM nginx:1.31-alpine
      `,
    },
  ],
  check({ model, report }) {
    const first = model.tree.instructions[0]?.span.start ?? Infinity;
    for (const comment of model.tree.comments) {
      if (comment.span.start > first) return;
      if (!isDirective(comment)) continue;
      const fix = moveToTop(model, comment);
      report({
        at: comment,
        message: t('Ignored: parser directives must come first in the file'),
        ...(fix && { fix }),
      });
    }
  },
});

function isDirective({ text, isInside }: Comment): boolean {
  const [, name = '', value = ''] = /^\s*(syntax|escape)\s*=\s*(\S+)\s*$/i.exec(text) ?? [];
  if (isInside || name === '') return false;
  if (name.toLowerCase() === 'escape') return value === '`' || value === '\\';
  return value.includes('/') && parseImage(value) !== undefined;
}

/** Moves `syntax` to the top, unless it is set there already; `escape` would change how the file is parsed. */
function moveToTop(model: Model, comment: Comment): Fix | undefined {
  const { directives, text } = model.tree;
  const name = /\w+/.exec(comment.text)?.[0].toLowerCase() ?? '';
  if (name !== 'syntax' || directives.some((one) => one.name === name)) return undefined;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  if (text.startsWith('#!', start)) return undefined;
  const line = `${text.slice(comment.span.start, comment.span.end)}${lineBreak(model)}`;
  const title = t('Move to the top of the file');
  return { title, edits: [insert(start, line), removeLine(model, comment)], safe: false };
}
