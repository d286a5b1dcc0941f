/** hadolint DL3019. Does not report steps that mount a cache for the index or remove it. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { apk, apkLike } from '../../programs/apk.ts';
import { invoke, type Invocation, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, remove, replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { isShipped } from '../../model/lineage.ts';
import { isRemovedLater } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';

const caches = /^\/var\/cache(?:\/apk)?(?:\/\*?)?$/;

export default rule({
  summary: 'Use `apk add --no-cache`',
  why: '`apk add` downloads the package index to `/var/cache/apk`, and it stays in the layer. `--no-cache` uses a temporary index, so neither `apk update` nor a cleanup is needed. With a cache mount on `/var/cache/apk` the rule does not apply.\n\nStages that are not part of the final image are not reported.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3019'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3019'],
  on: { commands: apkLike },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «apk add» curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache curl
      `,
    },
    {
      note: 'The fix also removes an unnecessary `apk update`:',
      bad: dockerfile`
        FROM alpine:3.22
        RUN apk update && \
            «apk add» curl
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache curl
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...apkLike)) {
      const { command, via, run } = at;
      const add = invoke(command, apk);
      const { subcommand } = add ?? {};
      if (add === undefined || subcommand === undefined || !isVerb(add, apk.verbs.install))
        continue;
      if (add.has('--no-cache', '--no-network', '--root', '-p') || isMounted(run, '/var/cache/apk'))
        continue;
      if (isMounted(run, '/etc/apk/cache') || add.has('--cache-dir')) continue;
      if (at.stage !== undefined && !isShipped(model, at.stage) && run.onbuild !== true) continue;
      if (isRemovedLater(model, at, caches)) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`apk add` leaves the package index in the layer'),
        ...(via !== 'nested' && { fix: noCacheFix(model, at, add) }),
      });
    }
  },
});

/** Adds `--no-cache` in place of `--update`, which it includes, and of an `apk update` directly before. */
function noCacheFix(model: Model, at: CommandAt, add: Invocation): Fix {
  const update = add.option('--update', '--update-cache', '-U')?.word;
  const { start, end } = add.subcommand?.span ?? at.command.span;
  const edit: Edit =
    update !== undefined && /^(?:-U|--update(?:-cache)?)$/.test(update.raw)
      ? replace(update.span, '--no-cache')
      : insert(end, ' --no-cache');
  const before = start === end ? undefined : updateBefore(model, at);
  return before
    ? {
        title: t('Add `{0}` and remove `{1}`', '--no-cache', 'apk update'),
        edits: [remove(before), edit],
      }
    : { title: t('Add `{0}`', '--no-cache'), edits: [edit] };
}

/** `apk update` directly before, with the separator; undefined if another command may need the index. */
function updateBefore(model: Model, { command, run }: CommandAt): Span | undefined {
  const all = model.commandsIn(run, ...apkLike);
  const at = all.findIndex((one) => one.command === command);
  const before = all[at - 1];
  if (before === undefined || before.via === 'nested') return undefined;
  const invocation = invoke(before.command, apk);
  if (!isVerb(invocation, apk.verbs.update) || before.command.redirects.length > 0)
    return undefined;
  const others = all.slice(at + 1).map((one) => invoke(one.command, apk));
  const { install, remove: removal } = apk.verbs;
  if (!others.every((one) => isVerb(one, install, removal))) return undefined;
  const { start, end } = before.command.span;
  const between = model.source.text.slice(end, command.span.start);
  const isOnlyJoined = /^(?:\s|\\\r?\n)*(?:&&|;)?(?:\s|\\\r?\n)*$/.test(between);
  return isOnlyJoined ? { start, end: command.span.start } : undefined;
}
