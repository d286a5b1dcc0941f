/** A name in an ignore comment that no linter knows. The runner hands over the comments after all other rules have run. */
import { closestMatch } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { knownCodes } from '../../reference/foreign-codes.ts';

const foreignNames = Object.values(knownCodes).flat();
/** Names of rules in other linters. */
const knownNames = new Set(foreignNames.map((name) => name.toLowerCase()));
/** Codes of hadolint and ShellCheck in any version, and names with the prefix of tally. */
const isForeign = /^(?:(?:sc|dl)\d{4}|tally\/[\w/-]+)$/;

/** The number of names for which a similar one is searched: a comment can contain thousands. */
const mostSuggestions = 100;

export default rule({
  summary: 'Use existing rule names in ignore comments',
  why: 'A name that is not a rule has no effect in an ignore comment, so the finding is still reported. hadolint ignores the whole comment if it does not understand one word of it.',
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
    const suggestions = new Map<string, string | undefined>();
    for (const { name, span, means } of ignores) {
      if (means !== 'nothing' || knownNames.has(name) || knownNames.has(`tally/${name}`)) continue;
      if (isForeign.test(name)) continue;
      const unknownName = model.tree.text.slice(span.start, span.end);
      if (!suggestions.has(name) && suggestions.size < mostSuggestions)
        suggestions.set(name, closestMatch(unknownName, [...(names?.() ?? []), ...foreignNames]));
      const suggestion = suggestions.get(name);
      report({
        at: { span },
        message:
          suggestion === undefined
            ? t('`{0}` is not a known rule', unknownName)
            : t('`{0}` is not a known rule; did you mean `{1}`?', unknownName, suggestion),
        ...(suggestion !== undefined && {
          fix: {
            title: t('Replace `{0}` with `{1}`', unknownName, suggestion),
            edits: [replace(span, suggestion)],
            safe: false,
          },
        }),
      });
    }
  },
});
