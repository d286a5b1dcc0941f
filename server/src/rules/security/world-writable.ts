/** tally/world-writable-state-path-workaround. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chmod } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

const shared = /^\/(?:tmp|var\/tmp|dev|run)(?:\/|$)/;

export default rule({
  summary: 'Let not everybody write',
  why: 'With `777` or `a+w` each process in the container may replace the file, the one that was broken into as well, and what is run next is theirs. Give it to the user who needs it (`COPY --chown`, `chown`), and let the others read. An empty folder made for an unknown user is another matter, and passed over here.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/world-writable-state-path-workaround'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  on: { instructions: ['COPY', 'ADD'], commands: ['chmod'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY . /app
        RUN chmod -R «777» /app
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY . /app
        RUN chmod -R 755 /app
      `,
    },
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY --chmod=«777» start.sh /usr/local/bin/
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY --chmod=755 start.sh /usr/local/bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('chmod')) {
      if (!at.command.args.some(({ text }) => isOpen(text))) continue;
      const call = invoke(at.command, chmod);
      const [mode, ...paths] = call?.operands ?? [];
      if (call === undefined || mode === undefined || !isOpen(mode.text)) continue;
      // Trees that any user may add to, as images of toolchains have them.
      if (!/^\d/.test(mode.text) && paths.every(({ text }) => text.startsWith('$'))) continue;
      if (!call.has('-R', '--recursive') && paths.every(({ text }) => isEmptyFolder(model, at, text))) continue; // prettier-ignore
      report(problem(mode, mode.text));
    }
    for (const { flags } of model.each('COPY', 'ADD')) {
      const mode = flags.find(({ name }) => name.text === 'chmod')?.value;
      if (mode && isOpen(mode.text)) report(problem(mode, mode.text));
    }
  },
});

function problem(at: Node, mode: string) {
  const narrower = narrowed(mode);
  const fix: Fix | undefined =
    narrower === undefined
      ? undefined
      : {
          title: t('Write {0}', narrower),
          edits: [replace(at.span, narrower)],
          safe: false,
        };
  return { at, message: t('`{0}` lets everybody write', mode), ...(fix && { fix }) };
}

/** Whether others may write; with the sticky bit they may not touch what is not theirs. */
function isOpen(mode: string): boolean {
  if (/^[0-7]{1,4}$/.test(mode))
    return /[2367]$/.test(mode) && !(mode.length === 4 && /^[1357]/.test(mode));
  return mode
    .split(',')
    .some((clause) => /^[ug]*[oa][ugoa]*[+=][rXxst]*w/.test(clause) && !clause.includes('t'));
}

function narrowed(mode: string): string | undefined {
  if (/^0?777$/.test(mode)) return mode.replace('777', '755');
  if (/^0?666$/.test(mode)) return mode.replace('666', '644');
  return /^(?:a|ugo)\+w$/.test(mode) ? 'u+w' : undefined;
}

/** Made in the same step, so that nothing is in it. */
function isEmptyFolder(model: Model, { run, command }: CommandAt, path: string): boolean {
  if (shared.test(path) || /^["']?\$\{?\w*te?mp/i.test(path)) return true;
  return [...model.commands('mkdir', 'install')].some(
    (made) =>
      made.run === run &&
      made.command.span.start < command.span.start &&
      made.command.args.some(({ text }) => text === path),
  );
}
