/** Why a build failed: the sentence, and the source lines with the failed part underlined. */
import { t } from '@vscode/l10n';
import { printable } from '../../../../server/src/cli/printable.ts';
import { withoutSequences } from '../../../../server/src/text/control-sequences.ts';
import type { Region } from '../../../../server/src/cli/report.ts';
import type { BuildReport, ReportedError } from '../report.ts';

/** Source lines before and after the failed ones. */
const contextLines = 2;
/** Failed lines that are shown; an instruction can have thousands. */
const mostLines = 12;
/** Lines of output that are repeated. */
const logLines = 10;

export function textReport({ error, text }: BuildReport, colors: boolean): string {
  if (error === null) return '';
  const red = (line: string): string => (colors ? `\x1b[31m${line}\x1b[0m` : line);
  const log = error.log.slice(-logLines).map((line) => `  ${printable(withoutSequences(line))}\n`);
  return [
    '\n',
    ...log,
    ...(log.length > 0 ? ['\n'] : []),
    ...(error.place && text !== undefined ? [source(error, error.place, text)] : []),
    red(`${t('ERROR')}: ${printable(messageOf(error))}\n`),
    ...error.related.map(
      ({ path, line, message }) => `${printable(path)}:${line}: ${printable(message)}\n`,
    ),
  ].join('');
}

/** The sentence, with the exit code if it does not contain one. */
export function messageOf({ message, exitCode }: ReportedError): string {
  return exitCode === null || message.includes(String(exitCode))
    ? message
    : t('{0} (exit code {1})', message, exitCode);
}

function source(error: ReportedError, place: Region, text: string): string {
  const lines = text.split(/\r?\n/);
  const last =
    place.endColumn === 1 && place.endLine > place.line ? place.endLine - 1 : place.endLine;
  const shownEnd = Math.min(last, place.line + mostLines - 1);
  const from = Math.max(1, place.line - contextLines);
  const isEnded = lines.at(-1) === '';
  const to = Math.min(isEnded ? lines.length - 1 : lines.length, shownEnd + contextLines);
  const width = String(to).length;
  const rows: string[] = [`${printable(error.path)}:${place.line}:${place.column}\n`];
  for (let number = from; number <= to; number++) {
    const line = lines[number - 1] ?? '';
    const isFailed = number >= place.line && number <= shownEnd;
    rows.push(
      `${isFailed ? '>' : ' '} ${String(number).padStart(width)} | ${printable(line.replaceAll('\t', ' '))}\n`,
    );
    const under = isFailed ? underline(line, number, place) : '';
    if (under !== '') rows.push(`  ${' '.repeat(width)} | ${under}\n`);
  }
  return `${rows.join('')}\n`;
}

/** Carets under the part of this line that is in the region, without the spaces at its ends. */
function underline(
  line: string,
  number: number,
  { line: first, column, endLine, endColumn }: Region,
): string {
  const start = number === first ? column - 1 : line.length - line.trimStart().length;
  const end = number === endLine ? endColumn - 1 : line.trimEnd().length;
  if (end <= start) return '';
  return (
    ' '.repeat(columnsOf(line.slice(0, start))) + '^'.repeat(columnsOf(line.slice(start, end)))
  );
}

/** Columns in a terminal: East Asian characters have two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  return columns;
}
