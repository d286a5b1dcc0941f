/** BuildKit LegacyKeyValueFormat, which BuildKit reports at the instruction. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `key=value` in `ENV` and `LABEL`',
  why: 'In `ENV NAME value`, everything after the name is one value, so a second variable on the same line becomes part of the first one without an error. The format without `=` is deprecated.',
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
          // BuildKit does not report ONBUILD instructions.
          also: onbuild === true ? [] : undefined,
          message: t('`{0} {1}` uses the legacy format without `=`', kind, key.raw),
          fix: isOneLine(model.tree.text, span) ? equalsFix(key, value) : undefined,
        });
      }
    }
  },
});

function isOneLine(text: string, { start, end }: Span): boolean {
  const line = text.indexOf('\n', start);
  return line < 0 || line >= end;
}

function equalsFix(key: Word, { raw, span }: Word): Fix | undefined {
  const newValue = quoted(raw);
  if (newValue === undefined) return undefined;
  const range = { start: key.span.end, end: span.end };
  return { title: t('Convert to `{0}=…`', key.raw), edits: [replace(range, `=${newValue}`)] };
}

/** The value after `=`, quoted if it contains whitespace; undefined if it also contains quotes or backslashes. */
function quoted(raw: string): string | undefined {
  if (/^"[^"\\]*(?:\\.[^"\\]*)*"$|^'[^']*'$/.test(raw) || !/[\s"'\\]/.test(raw)) return raw;
  return /["'\\]/.test(raw) ? undefined : `"${raw}"`;
}
