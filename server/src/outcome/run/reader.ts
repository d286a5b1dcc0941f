/** What one line of the output says. */
import type { CommandAt } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Cause } from '../cause.ts';
import type { FailedRun } from './context.ts';

/** A cause, and the command that it is in. */
export interface RunCause extends Cause {
  readonly at?: CommandAt | undefined;
}

/** Reads one line; `index` is its number in the lines of the failure. */
export type LineReader = (run: FailedRun, line: string, index: number) => RunCause | undefined;

/** The shell's name and the line number before its own messages; a heredoc with `#!` is a file in `/dev/pipes`. */
const shellPrefix =
  /^(?:(\/?(?:[\w.-]+\/)*(?:ba|da|a|z|k)?sh|busybox|\/dev\/(?:pipes|fd)\/\w+)(?:: -c)?(?:: (?:line )?(\d+))?: |(\/?(?:[\w.-]+\/)*zsh):(\d+): )/;

export interface ShellMessage {
  readonly text: string;
  /** From 1, in the script; undefined if the shell does not print it. */
  readonly line: number | undefined;
  /** As in the message: `sh` or `/bin/sh`. */
  readonly shell: string;
}

/** The message of a shell in a line of output; undefined if the line is not one. */
export function shellMessage(line: string): ShellMessage | undefined {
  const found = shellPrefix.exec(line);
  if (found === null) return undefined;
  const number = found[2] ?? found[4];
  return {
    text: line.slice(found[0].length),
    line: number === undefined ? undefined : Number(number),
    shell: found[1] ?? found[3] ?? '',
  };
}

/** Texts in quotes of any kind in a message. */
export function quotedTexts(message: string): readonly string[] {
  const found = message.matchAll(/'([^']+)'|"([^"]+)"|‘([^’]+)’|`([^'`]+)['`]|“([^”]+)”/g);
  return [...found].map((one) => one.slice(1).find(Boolean) ?? '');
}

/** Whether a message contains a text that is not a part of a longer word or path. */
export function mentions(message: string, text: string): boolean {
  if (text === '') return false;
  for (let at = message.indexOf(text); at >= 0; at = message.indexOf(text, at + 1)) {
    const before = message[at - 1] ?? ' ';
    const after = message[at + text.length] ?? ' ';
    if (
      !/[\w./@+-]/.test(before) &&
      !/[\w/@+-]/.test(after) &&
      (after !== '.' || !/\w/.test(message[at + text.length + 1] ?? ' '))
    )
      return true;
  }
  return false;
}

/** The literal word with the longest text that a message mentions. */
export function mentionedWord(words: readonly ShellWord[], message: string): ShellWord | undefined {
  let best: ShellWord | undefined;
  for (const word of words) {
    const { text, literal } = word;
    if (
      (literal || text === word.raw) &&
      text.length > (best?.text.length ?? 0) &&
      mentions(message, text)
    )
      best = word;
  }
  return best;
}
