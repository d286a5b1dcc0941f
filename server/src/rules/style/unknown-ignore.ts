/** A name in an ignore comment that no linter has. Told of the comments by the runner, after all other rules. */
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { knownCodes } from '../../reference/foreign-codes.ts';

const others = Object.values(knownCodes).flat();
/** tally's own, with and without its prefix; ShellCheck's; hadolint's own of any release. */
const known = new Set(others.map((name) => name.toLowerCase()));
const isForeign = /^(?:(?:sc|dl)\d{4}|tally\/[\w/-]+)$/;

export default rule({
  summary: 'Name rules in ignore comments as they are called',
  why: 'A name that no rule has hides nothing. hadolint even drops the whole comment when it does not understand one word of it.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  needs: 'ignores',
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        # drydock ignore=«apk-no-cahce»
        RUN apk add curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        # drydock ignore=apk-no-cache
        RUN apk add curl
      `,
    },
  ],
  check({ model, ignores = [], names, report }) {
    for (const { name, span, means } of ignores) {
      if (means !== 'nothing' || known.has(name) || known.has(`tally/${name}`)) continue;
      if (isForeign.test(name)) continue;
      const written = model.tree.text.slice(span.start, span.end);
      const meant = nearest(written, [...(names?.() ?? []), ...others]);
      report({
        at: { span },
        message:
          meant === undefined
            ? t('There is no rule `{0}`', written)
            : t('There is no rule `{0}`; did you mean `{1}`?', written, meant),
        ...(meant !== undefined && {
          fix: { title: t('Write {0}', meant), edits: [replace(span, meant)], safe: false },
        }),
      });
    }
  },
});
