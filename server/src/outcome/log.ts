/** The output of a step as plain lines. */
import { withoutSequences } from '../text/control-sequences.ts';

/** Only the end of a long output is read. */
const longest = 1 << 18;
/** Longer lines are data rather than messages. */
const longestLine = 1000;

/** The lines of a log as a terminal shows them: without sequences, each as it was last written. */
export function plainLines(log: string): readonly string[] {
  return withoutSequences(log.slice(-longest))
    .replaceAll('\r\n', '\n')
    .split('\n')
    .flatMap((line) => lastWritten(line).slice(0, longestLine).trimEnd().split(embedded));
}

/** Standard output and standard error are one stream: a message can begin after the text of another one. */
const embedded = /(?<=[^\s"'(:])(?=\/bin\/(?:ba|da|a)?sh: )|(?<=\.\.\.)(?=[EW]: )/;

/** Progress is written over what was on the line before. */
function lastWritten(line: string): string {
  const parts = line.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}

/** The last lines that are not empty. */
export function lastLines(lines: readonly string[], count: number): readonly string[] {
  return lines.filter((line) => line.trim() !== '').slice(-count);
}
