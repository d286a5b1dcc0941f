/** hadolint DL3009: for stages that are shipped. A later `rm` in another RUN would not shrink the layer. */
import { t } from '@vscode/l10n';
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { apt } from '../../programs/apt.ts';
import { invoke } from '../../programs/program.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { isMounted } from '../mounts.ts';
import { isShipped } from '../shipped.ts';

const lists = '/var/lib/apt/lists';
const clean = `rm -rf ${lists}/*`;

export default rule({
  summary: 'Remove the package lists in the step that fetched them',
  why: 'The lists that `apt-get update` fetches weigh some 20 to 50 MB, and are stale tomorrow. Removed in the same `RUN` they never reach a layer; removed later they stay in the one below.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3009'] },
  links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «apt-get update» && \
            apt-get install -y --no-install-recommends git
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  *check({ model }) {
    const updates = [...model.commands('apt-get', 'apt', 'aptitude')].filter(isUpdate);
    for (const update of updates) {
      const { run, stage, command } = update;
      if (stage === undefined || !isShipped(model, stage) || isMounted(run, lists)) continue;
      if (updates.find((other) => other.run === run) !== update || isCleaned(model, run)) continue;
      const fix = needsLists(model, update) ? undefined : appended(model, run);
      yield {
        at: command,
        message: t('The package lists stay in the layer'),
        ...(fix && { fix }),
      };
    }
  },
});

function isUpdate({ command }: CommandAt): boolean {
  return invoke(command, apt)?.subcommand?.text === 'update';
}

function isCleaned(model: Model, run: Run): boolean {
  for (const { command, run: where } of model.commands('rm', 'find')) {
    if (where !== run) continue;
    if (command.args.some(({ text }) => /\/var\/lib\/apt\/?(?:lists.*|\*)?$/.test(text)))
      return true;
  }
  return [...model.commands('apt-get', 'apt')].some(
    ({ command, run: where }) =>
      where === run && command.args.some(({ text }) => /^dist-?clean$/.test(text)),
  );
}

/** A later step, here or in a stage on top, may live on the lists. */
function needsLists(model: Model, { run, stage }: CommandAt): boolean {
  if (stage?.usedBy.some(({ kind }) => kind === 'FROM') === true) return true;
  const later = [...model.commands('apt-get', 'apt', 'aptitude')].filter(
    (other) => other.stage === stage && other.run.span.start > run.span.start,
  );
  return later.some(
    ({ run: where, command }) =>
      invoke(command, apt)?.subcommand?.text === 'install' &&
      !later.some((other) => other.run === where && isUpdate(other)),
  );
}

/** Appended to a plain chain of `&&`, in its own style of line breaks. */
function appended(model: Model, run: Run): Fix | undefined {
  const script = model.script(run);
  const [chain, second] = script?.statements ?? [];
  if (chain === undefined || second !== undefined || run.heredocs.length > 0) return undefined;
  const isPlain =
    chain.kind === 'command' ||
    (chain.kind === 'chain' && chain.operators.every(({ text }) => text === '&&'));
  if (!isPlain) return undefined;
  const text = model.tree.text.slice(run.span.start, chain.span.end);
  const escape = model.tree.escape;
  const leading = [...text.matchAll(/\n([ \t]*)&&/g)].at(-1)?.[1];
  const trailing = [...text.matchAll(/&&\s*[\\`]\r?\n([ \t]*)/g)].at(-1)?.[1];
  const joined =
    leading !== undefined
      ? ` ${escape}\n${leading}&& ${clean}`
      : trailing !== undefined
        ? ` && ${escape}\n${trailing}${clean}`
        : ` && ${clean}`;
  return { title: t('Add {0}', clean), edits: [insert(chain.span.end, joined)] };
}
