/** BuildKit LegacyKeyValueFormat; its location is the instruction's. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Write `ENV` and `LABEL` with `=`',
  why: '`ENV NAME value` takes all that follows as one value, so a second variable on the line silently becomes part of the first. The form without `=` is deprecated.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['LegacyKeyValueFormat'] },
  links: ['https://docs.docker.com/reference/build-checks/legacy-key-value-format/'],
  on: { instructions: ['ENV', 'LABEL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ENV «LANG C.UTF-8»
        LABEL «description a small tool»
      `,
      good: dockerfile`
        FROM alpine:3.22
        ENV LANG=C.UTF-8
        LABEL description="a small tool"
      `,
    },
  ],
  check({ model, report }) {
    for (const { kind, pairs, onbuild } of model.each('ENV', 'LABEL')) {
      for (const { key, value, span, legacy } of pairs) {
        if (!legacy || value === undefined) continue;
        report({
          at: { span },
          // BuildKit says nothing of triggers.
          also: onbuild === true ? [] : undefined,
          message: t('`{0} {1}` stands without `=`', kind, key.raw),
          fix: isOneLine(model.tree.text, span) ? withSign(key, value) : undefined,
        });
      }
    }
  },
});

function isOneLine(text: string, { start, end }: Span): boolean {
  const line = text.indexOf('\n', start);
  return line < 0 || line >= end;
}

function withSign(key: Word, { raw, span }: Word): Fix | undefined {
  const written = quoted(raw);
  if (written === undefined) return undefined;
  const place = { start: key.span.end, end: span.end };
  return { title: t('Write {0}=…', key.raw), edits: [replace(place, `=${written}`)] };
}

/** The same value behind `=`: words with blanks want quotes; where it has quotes of its own among blanks, nothing is safe. */
function quoted(raw: string): string | undefined {
  if (/^"(?:[^"\\]|\\.)*"$|^'[^']*'$/.test(raw) || !/[\s"'\\]/.test(raw)) return raw;
  return /["'\\]/.test(raw) ? undefined : `"${raw}"`;
}
