/** hadolint DL3019; silent where a cache mount keeps the index out of the layer, or the step removes it. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { apk, apkLike } from '../../programs/apk.ts';
import { invoke, type Invocation, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, remove, replace, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { isRemovedLater } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';

export default rule({
  summary: 'Install with `apk add --no-cache`',
  why: 'Without `--no-cache` the package index stays in the layer and grows the image. With it, the index is fetched, used and gone, and no `apk update` is needed before.',
  severity: 'warning',
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
      note: 'What fetched the index before is not needed any more:',
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
      if (isRemovedLater(model, at, /^\/var\/cache(?:\/apk)?(?:\/\*?)?$/)) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`apk add` leaves the package index in the layer'),
        ...(via !== 'nested' && { fix: withoutCache(model, at, add) }),
      });
    }
  },
});

/** In place of `--update`, which it does too, and of an `apk update` in front. */
function withoutCache(model: Model, at: CommandAt, add: Invocation): Fix {
  const update = add.option('--update', '--update-cache', '-U')?.word;
  const { start, end } = add.subcommand?.span ?? at.command.span;
  const edit: Edit =
    update !== undefined && /^(?:-U|--update(?:-cache)?)$/.test(update.raw)
      ? replace(update.span, '--no-cache')
      : insert(end, ' --no-cache');
  const before = start === end ? undefined : updateBefore(model, at);
  return { title: t('Add {0}', '--no-cache'), edits: before ? [remove(before), edit] : [edit] };
}

/** `apk update` right in front, with what joins the two; undefined where something else may live on the index. */
function updateBefore(model: Model, { command, run }: CommandAt): Span | undefined {
  const all = model.commandsIn(run, ...apkLike);
  const at = all.findIndex((one) => one.command === command);
  const before = all[at - 1];
  if (before === undefined || before.via === 'nested') return undefined;
  const called = invoke(before.command, apk);
  if (
    called === undefined ||
    !isVerb(called, apk.verbs.update) ||
    before.command.redirects.length > 0
  )
    return undefined;
  const others = all.slice(at + 1).map((one) => invoke(one.command, apk));
  const { install, remove: removal } = apk.verbs;
  if (!others.every((one) => isVerb(one, install, removal))) return undefined;
  const { start, end } = before.command.span;
  const between = model.tree.text.slice(end, command.span.start);
  const isOnlyJoined = /^(?:\s|\\\r?\n)*(?:&&|;)?(?:\s|\\\r?\n)*$/.test(between);
  return isOnlyJoined ? { start, end: command.span.start } : undefined;
}
