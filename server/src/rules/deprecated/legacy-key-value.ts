/** BuildKit LegacyKeyValueFormat; its location is the instruction's. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';

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
        const written = quoted(value.raw);
        report({
          at: { span },
          // BuildKit says nothing of triggers.
          ...(onbuild === true && { also: [] }),
          message: t('`{0} {1}` stands without `=`', kind, key.raw),
          ...(written !== undefined &&
            !/\n/.test(model.tree.text.slice(span.start, span.end)) && {
              fix: {
                title: t('Write {0}=…', key.raw),
                edits: [replace({ start: key.span.end, end: value.span.end }, `=${written}`)],
              },
            }),
        });
      }
    }
  },
});

/** The same value behind `=`: words with blanks want quotes; where it has quotes of its own among blanks, nothing is safe. */
function quoted(raw: string): string | undefined {
  if (/^"(?:[^"\\]|\\.)*"$|^'[^']*'$/.test(raw) || !/[\s"'\\]/.test(raw)) return raw;
  return /["'\\]/.test(raw) ? undefined : `"${raw}"`;
}
