/** Commands as shells print them: with `set -x`, and in messages about signals. */
import type { CommandAt } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import { mayBe, type FailedRun } from './context.ts';

/** The first of these commands that a shell prints as this text. */
export function commandPrinted(
  run: FailedRun,
  commands: readonly CommandAt[],
  text: string,
): CommandAt | undefined {
  const words = text.trim().split(/\s+/);
  return commands.find((at) => isPrinted(run, at, words));
}

/** Whether the words, which are expanded and may be quoted, are those of a command. */
function isPrinted(run: FailedRun, { command }: CommandAt, words: readonly string[]): boolean {
  const { name, args } = command;
  if (name === undefined) return false;
  const own = [name, ...args];
  const printed = words.map(unquoted);
  if (own.every(isSingle))
    return (
      own.length === printed.length && own.every((word, i) => matches(run, word, printed[i] ?? ''))
    );
  // Words that are split, or that contain whitespace, have another number of words: the first ones must be equal.
  if (!matches(run, name, printed[0] ?? '')) return false;
  for (const [i, word] of own.entries()) {
    if (!isSingle(word)) return true;
    if (!matches(run, word, printed[i] ?? '')) return false;
  }
  return true;
}

function isSingle({ literal, text }: ShellWord): boolean {
  return literal && !/\s/.test(text);
}

function matches(run: FailedRun, word: ShellWord, printed: string): boolean {
  return unquoted(word.text) === printed || mayBe(run, word, printed);
}

function unquoted(text: string): string {
  return text.replace(/['"\\]/g, '');
}
