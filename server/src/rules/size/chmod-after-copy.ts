/** tally prefer-copy-chmod. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chmod } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { copiesIn, isFrom, pathAt, type CopyAt } from '../../model/copied-files.ts';
import { withoutCommand } from '../../lint/edits/without-command.ts';

export default rule({
  summary: 'Set the mode of copied files with `COPY --chmod`',
  why: 'A layer holds whole files: `chmod` in a step of its own stores each file that it changes a second time. `COPY --chmod` gives them the mode as they come in.',
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
    let copies: readonly CopyAt[] | undefined;
    for (const at of model.commands('chmod')) {
      const { command, stage, run } = at;
      if (stage === undefined || at.via !== 'direct' || run.onbuild === true) continue;
      const [mode, file, second] = modeAndFiles(command);
      if (mode === undefined || file === undefined || second !== undefined) continue;
      const path = pathAt(model, file, run);
      if (path === undefined) continue;
      copies ??= copiesIn(model);
      const copied = copies.findLast(
        (one) => one.stage === stage && one.copy.span.end <= run.span.start && isFrom(one, path),
      );
      if (copied?.isOneFile !== true) continue;
      const given = copied.copy.flags.find(({ name }) => name.text === 'chmod')?.value;
      const wanted = modeOf(mode.text, given?.text ?? usual);
      if (wanted === undefined) continue;
      const fix = inCopy(model, { at, copied, mode: wanted, given });
      report({
        at: command,
        message: t('This stores `{0}` a second time', file.text),
        related: [{ at: copied.copy, message: t('It is copied here') }],
        fix,
      });
    }
  },
});

/** `-x` looks like an option, and is a mode. */
function modeAndFiles(command: Command): readonly ShellWord[] {
  const operands = invoke(command, chmod)?.operands ?? [];
  const taking = command.args.find(({ text }) => /^-[rwx]+$/.test(text));
  return taking ? [taking, ...operands] : operands;
}

const usual = '644';
const users: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const rights: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** As a number: what a change in letters makes of the mode before. */
function modeOf(text: string, before: string): string | undefined {
  if (/^0?[0-7]{3}$/.test(text)) return text;
  if (!/^0?[0-7]{3}$/.test(before)) return undefined;
  let mode = Number.parseInt(before, 8);
  for (const clause of text.split(',')) {
    const [, who = '', sign, what = ''] = /^([ugoa]*)([+-])([rwx]+)$/.exec(clause) ?? [];
    // Without a name the mask has a say, which keeps others from writing.
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
  readonly copied: CopyAt;
  readonly mode: string;
  /** What `--chmod` says already. */
  readonly given: Node | undefined;
}

function inCopy(model: Model, { at, copied, mode, given }: Change): Fix | undefined {
  const edit = withoutCommand(model, at);
  if (edit === undefined) return undefined;
  const flag = `--chmod=${mode}`;
  const edits = given
    ? [replace(given.span, mode), edit]
    : [insert(copied.copy.keyword.span.end, ` ${flag}`), edit];
  return { title: given ? t('Write {0}', flag) : t('Add {0}', flag), edits, safe: false };
}
