/** tally/world-writable-state-path-workaround. */
import { rule, type Fix, type Problem } from '../../lint/rule.ts';
import { earlierCommand, type LaterSearch } from '../../model/later-commands.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chmod } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

const temporary = /^\/(?:tmp|var\/tmp|dev|run)(?:\/|$)/;

export default rule({
  summary: 'Avoid world-writable permissions',
  why: 'With `777` or `a+w`, every process in the container can replace the file, including a compromised one, and the replaced file may be run later. Give the file to the user who needs it with `COPY --chown` or `chown`, and let other users only read it. Empty directories that the same step creates, for a user that is not known at build time, are not reported. With `-R` on a directory of the system, such as `/usr` or `/etc`, the severity is `warning`.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/world-writable-state-path-workaround'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  on: { instructions: ['COPY', 'ADD'], commands: ['chmod'], words: ['chmod'] },
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
      // Directories to which every user may add files, as in the images of toolchains.
      if (!/^\d/.test(mode.text) && paths.every(({ text }) => text.startsWith('$'))) continue;
      if (!call.has('-R', '--recursive') && paths.every(({ text }) => isEmptyDirectory(model, at, text))) continue; // prettier-ignore
      const isSystem =
        call.has('-R', '--recursive') && paths.some(({ text }) => isSystemPath(text));
      report({ ...problem(mode, mode.text), ...(isSystem && { severity: 'warning' }) });
    }
    for (const { flags } of model.each('COPY', 'ADD')) {
      const mode = flags.find(({ name }) => name.text === 'chmod')?.value;
      if (mode && isOpen(mode.text)) report(problem(mode, mode.text));
    }
  },
});

/** Directories with programs and settings that root uses. */
function isSystemPath(path: string): boolean {
  return /^\/(?:\*|(?:usr|etc|bin|sbin|lib\w*|boot|root)(?:\/.*)?|var\/?)?$/.test(path);
}

function problem(at: Node, mode: string): Problem {
  const narrower = narrowerMode(mode);
  const fix: Fix | undefined =
    narrower === undefined
      ? undefined
      : {
          title: t('Replace `{0}` with `{1}`', mode, narrower),
          edits: [replace(at.span, narrower)],
          safe: false,
        };
  return { at, message: t('`{0}` gives every user write permission', mode), ...(fix && { fix }) };
}

/** Whether other users may write. With the sticky bit they cannot change the files of others. */
function isOpen(mode: string): boolean {
  if (/^[0-7]{1,4}$/.test(mode))
    return /[2367]$/.test(mode) && !(mode.length === 4 && /^[1357]/.test(mode));
  return mode
    .split(',')
    .some((clause) => /^[ug]*[oa][ugoa]*[+=][rXxst]*w/.test(clause) && !clause.includes('t'));
}

function narrowerMode(mode: string): string | undefined {
  if (/^0?777$/.test(mode)) return mode.replace('777', '755');
  if (/^0?666$/.test(mode)) return mode.replace('666', '644');
  return /^(?:a|ugo)\+w$/.test(mode) ? 'u+w' : undefined;
}

/** Whether the directory is temporary, or empty because the same step created it. */
function isEmptyDirectory(model: Model, at: CommandAt, path: string): boolean {
  if (temporary.test(path) || /^["']?\$\{?\w*te?mp/i.test(path)) return true;
  return earlierCommand(model, at, creation, path) !== undefined;
}

const creation: LaterSearch = {
  names: ['mkdir', 'install'],
  wordsOf: ({ args }) => args.map(({ text }) => text),
};
