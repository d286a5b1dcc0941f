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
  why: 'An ignore comment that is no longer needed hides the next finding of the same rule. `# drydock ignore=`, `# hadolint ignore=` and `# check=skip=` comments are checked.\n\nNames of rules that are off, and names that only other linters know, are not reported.',
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
      ({ isUsed, means, name }) =>
        !isUsed && means === 'a rule' && !aboutComments.has(name) && !isShellCheckCode.test(name),
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
function removeName({ comment: { names, by }, span }: Mention): Fix {
  const at = firstFrom(names, span.start);
  const before = names[at - 1];
  const start = before?.span.end ?? span.start;
  const end = before ? span.end : (names[at + 1]?.span.start ?? span.end);
  return removal(t('Remove the rule name'), { start, end }, by);
}

/** Removes the whole line; of a check directive with other options, only the `skip` option. */
function removeComment({ comment: { by, span, names, words } }: Mention, text: string): Fix {
  const end = names.at(-1)?.span.end ?? span.end;
  const rest = /^\s*;(?=\s*\S)\s*/.exec(text.slice(end, span.end))?.[0];
  if (by === 'check' && rest !== undefined) {
    const start = text.slice(words.start, words.end).toLowerCase().lastIndexOf('skip');
    const option = { start: words.start + start, end: end + rest.length };
    return removal(t('Remove the comment'), option, by);
  }
  const before = by === 'check' ? text.slice(words.start, words.end).lastIndexOf(';') : -1;
  if (before >= 0) {
    return removal(t('Remove the comment'), { start: words.start + before, end }, by);
  }
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', span.end);
  return removal(t('Remove the comment'), { start, end: next < 0 ? text.length : next + 1 }, by);
}

/** A fix, which is not safe in comments that other linters read too. */
function removal(title: string, place: Span, by: Mention['comment']['by']): Fix {
  return { title, edits: [remove(place)], ...(by !== 'drydock' && { safe: false }) };
}
