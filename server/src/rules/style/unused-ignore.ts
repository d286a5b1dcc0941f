/** A comment that hides nothing. Told of the comments by the runner, after all other rules. */
import { rule, type Fix, type Mention } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

/** These can not be looked for while they are asked for. */
const aboutComments = new Set(['unused-ignore', 'unknown-ignore', 'ignore-comment', 'dl1001']);

/** ShellCheck says more under its names than our rules do, and is asked later. */
const isShellChecks = /^sc\d{4}$/;

export default rule({
  summary: 'Remove ignore comments that hide nothing',
  why: 'A comment that stays behind after its reason is gone hides the next mistake of its kind. Names of rules that are off are left alone, and so are names that only other linters have.',
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
      ({ hid, means, name }) =>
        !hid && means === 'a rule' && !aboutComments.has(name) && !isShellChecks.test(name),
    );
    for (const mention of unused) {
      const { comment, span } = mention;
      const left = comment.names.length - unused.filter((one) => one.comment === comment).length;
      report({
        at: mention,
        message: t('Nothing is found here that `{0}` would hide', slice(model.tree.text, span)),
        tag: 'unnecessary',
        fix: left > 0 ? withoutName(mention) : withoutComment(mention, model.tree.text),
      });
    }
  },
});

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** With the comma before it, or of the first name the one behind it. */
function withoutName({ comment: { names, by }, span }: Mention): Fix {
  const at = names.findIndex((name) => name.span.start === span.start);
  const before = names[at - 1];
  const start = before?.span.end ?? span.start;
  const end = before ? span.end : (names[at + 1]?.span.start ?? span.end);
  return fixed(t('Remove the name'), { start, end }, by);
}

/** The whole line; of a directive with more to say, the part that skips. */
function withoutComment({ comment: { by, span, names, words } }: Mention, text: string): Fix {
  const end = names.at(-1)?.span.end ?? span.end;
  const rest = /^\s*;(?=\s*\S)\s*/.exec(text.slice(end, span.end))?.[0];
  if (by === 'check' && rest !== undefined) {
    const start = text.slice(words.start, words.end).toLowerCase().lastIndexOf('skip');
    const part = { start: words.start + start, end: end + rest.length };
    return fixed(t('Remove the comment'), part, by);
  }
  const before = by === 'check' ? text.slice(words.start, words.end).lastIndexOf(';') : -1;
  if (before >= 0) {
    return fixed(t('Remove the comment'), { start: words.start + before, end }, by);
  }
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const next = text.indexOf('\n', span.end);
  return fixed(t('Remove the comment'), { start, end: next < 0 ? text.length : next + 1 }, by);
}

/** What another linter reads may mean something to it. */
function fixed(title: string, place: Span, by: Mention['comment']['by']): Fix {
  return { title, edits: [remove(place)], ...(by !== 'drydock' && { safe: false }) };
}
