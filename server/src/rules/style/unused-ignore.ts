/** An ignore comment that has no effect. The runner hands over the comments after all other rules have run. */
import { rule, type Fix, type Mention } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

/** Rules about ignore comments, which cannot be checked while these rules run. */
const aboutComments = new Set(['unused-ignore', 'unknown-ignore', 'ignore-comment', 'dl1001']);

/** ShellCheck reports more under its codes than the rules do, and runs later. */
const isShellCheckCode = /^sc\d{4}$/;

export default rule({
  summary: 'Remove ignore comments that have no effect',
  why: 'An ignore comment that is no longer needed hides the next finding of the same rule. Only `# drydock ignore=` comments are checked: whether `# hadolint ignore=` and `# check=skip=` are needed, only hadolint and BuildKit know.\n\nNames of rules that are off, and names that only other linters know, are not reported.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  needs: 'ignores',
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        # drydock ignore=apk-no-cache,«as-casing»
        RUN apk add curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        # drydock ignore=apk-no-cache
        RUN apk add curl
      `,
    },
    {
      bad: dockerfile`
        FROM alpine:3.22
        # drydock ignore=«apk-no-cache» -- the mirror is slow
        RUN apk add --no-cache curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache curl
      `,
    },
  ],
  check({ model, ignores = [], report }) {
    const unused = ignores.filter(
      ({ isUsed, means, name, comment }) =>
        !isUsed &&
        comment.by === 'drydock' &&
        means === 'a rule' &&
        !aboutComments.has(name) &&
        !isShellCheckCode.test(name),
    );
    const counts = new Map<Mention['comment'], number>();
    for (const { comment } of unused) counts.set(comment, (counts.get(comment) ?? 0) + 1);
    for (const mention of unused) {
      const { comment, span } = mention;
      const remaining = comment.names.length - (counts.get(comment) ?? 0);
      report({
        at: mention,
        message: t('No effect: there is no `{0}` finding here', slice(model.tree.text, span)),
        tag: 'unnecessary',
        fix: remaining > 0 ? removeName(mention) : removeComment(mention, model.tree.text),
      });
    }
  },
});

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** Removes the name with the comma before it; the first name with the comma after it. */
function removeName({ comment: { names }, span }: Mention): Fix {
  const at = firstFrom(names, span.start);
  const before = names[at - 1];
  const start = before?.span.end ?? span.start;
  const end = before ? span.end : (names[at + 1]?.span.start ?? span.end);
  return { title: t('Remove the rule name'), edits: [remove({ start, end })] };
}

/** Removes the whole line. */
function removeComment({ comment: { span } }: Mention, text: string): Fix {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', span.end);
  const end = next < 0 ? text.length : next + 1;
  return { title: t('Remove the comment'), edits: [remove({ start, end })] };
}
