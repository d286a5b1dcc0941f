/** tally prefer-copy-chmod. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chmod } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { lastCopyOf, pathInImage, type CopiedPath } from '../../model/copied-files.ts';
import { removeCommand } from '../../lint/edits/remove-command.ts';

export default rule({
  summary: 'Use `COPY --chmod` instead of `RUN chmod`',
  why: 'A layer stores whole files, so `chmod` in a separate `RUN` stores another copy of every file that it changes. `COPY --chmod` sets the permissions while copying.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-copy-chmod'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  on: { commands: ['chmod'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY start.sh /usr/local/bin/start.sh
        RUN «chmod +x /usr/local/bin/start.sh»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --chmod=755 start.sh /usr/local/bin/start.sh
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('chmod')) {
      const { command, stage, run } = at;
      if (stage === undefined || at.via !== 'direct' || run.onbuild === true) continue;
      const [mode, file, second] = modeAndFiles(command);
      if (mode === undefined || file === undefined || second !== undefined) continue;
      const path = pathInImage(model, file, run);
      if (path === undefined) continue;
      const copied = lastCopyOf(model, path, { stage, before: run.span.start });
      if (copied?.isOneFile !== true) continue;
      const existingFlag = copied.copy.flags.find(({ name }) => name.text === 'chmod')?.value;
      const newMode = modeOf(mode.text, existingFlag?.text ?? defaultMode);
      if (newMode === undefined) continue;
      const fix = fixInCopy(model, { at, copied, mode: newMode, existingFlag });
      report({
        at: command,
        message: t('This stores another copy of `{0}` in a new layer', file.text),
        related: [{ at: copied.copy, message: t('Copied here') }],
        fix,
      });
    }
  },
});

/** The mode and the files. `-x` looks like an option but is a mode. */
function modeAndFiles(command: Command): readonly ShellWord[] {
  const operands = invoke(command, chmod)?.operands ?? [];
  const taking = command.args.find(({ text }) => /^-[rwx]+$/.test(text));
  return taking ? [taking, ...operands] : operands;
}

const defaultMode = '644';
const users: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const rights: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** The mode as an octal number, after a symbolic change is applied to the previous mode. */
function modeOf(text: string, before: string): string | undefined {
  if (/^0?[0-7]{3}$/.test(text)) return text;
  if (!/^0?[0-7]{3}$/.test(before)) return undefined;
  let mode = Number.parseInt(before, 8);
  for (const clause of text.split(',')) {
    const [, who = '', sign, what = ''] = /^([ugoa]*)([+-])([rwx]+)$/.exec(clause) ?? [];
    // Without `u`, `g`, `o` or `a`, the umask applies, which denies writing to group and others.
    const whose = who === '' ? 0o755 : bitsOf(who, users);
    const bits = bitsOf(what, rights) & whose;
    if (sign === undefined) return undefined;
    mode = sign === '+' ? mode | bits : mode & ~bits;
  }
  return mode.toString(8).padStart(3, '0');
}

function bitsOf(letters: string, table: Readonly<Record<string, number>>): number {
  let bits = 0;
  for (const letter of letters) bits |= table[letter] ?? 0;
  return bits;
}

interface Change {
  readonly at: CommandAt;
  readonly copied: CopiedPath;
  readonly mode: string;
  /** The value of a `--chmod` that is already set. */
  readonly existingFlag: Node | undefined;
}

function fixInCopy(model: Model, { at, copied, mode, existingFlag }: Change): Fix | undefined {
  const edit = removeCommand(model, at);
  if (edit === undefined) return undefined;
  const flag = `--chmod=${mode}`;
  const edits = existingFlag
    ? [replace(existingFlag.span, mode), edit]
    : [insert(copied.copy.keyword.span.end, ` ${flag}`), edit];
  return {
    title: existingFlag ? t('Replace with `{0}`', flag) : t('Add `{0}`', flag),
    edits,
    safe: false,
  };
}
