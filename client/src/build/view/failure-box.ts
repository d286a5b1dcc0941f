/** The place of a failure as the page shows it: the lines of the instruction with the wrong word marked. */
import { t } from '@vscode/l10n';
import type { BuildProblem, TextRange } from '../../ui/build-marks.ts';
import { logLines, type BuildRun } from './build-run.ts';
import type { Action, FailureBox, SourceWord } from './page.ts';
import { stageBefore } from './stage-shell.ts';
import { plainText } from '../../../../server/src/text/control-sequences.ts';

/** Lines of the instruction that are shown around the wrong word. */
const mostLines = 12;

/** The line of the failure, from 1; undefined if its place is not known. */
export function failedLine({ place, text }: BuildRun): number | undefined {
  return place === undefined || text === undefined ? undefined : lineAt(text, place.start);
}

/** What the page shows in the failed step; `row` is empty if no step failed. Undefined if the build has not failed. */
export function failureBox(run: BuildRun): FailureBox | undefined {
  if (run.state !== 'failed') return undefined;
  const step = run.failedStep;
  const line = failedLine(run);
  const decisive = step === undefined ? undefined : decisiveLine(run);
  return {
    row: step?.id ?? '',
    sentence: run.place?.message ?? run.errorMessage,
    source: sourceLines(run),
    actions: failureActions(run, line),
    ...(decisive !== undefined && { decisive }),
  };
}

function failureActions(run: BuildRun, line: number | undefined): readonly Action[] {
  const hasOutput = run.failedStep !== undefined;
  return [
    ...(line === undefined ? [] : [{ name: 'go', label: t('Go to Line {0}', line) } as const]),
    ...(hasOutput ? [{ name: 'output', label: t('Show Output') } as const] : []),
    ...(stageBefore(run) === undefined
      ? []
      : [{ name: 'shell', label: t('Open Shell in Stage') } as const]),
    { name: 'copy', label: t('Copy Error') },
  ];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The lines of the instruction, or those around the wrong word if there are many. */
function sourceLines({ place, text }: BuildRun): FailureBox['source'] {
  if (place === undefined || text === undefined) return [];
  const { instruction } = place;
  const from = text.lastIndexOf('\n', instruction.start - 1) + 1;
  const end = text.indexOf('\n', Math.max(instruction.start, instruction.end - 1));
  const first = lineAt(text, from);
  const all = text.slice(from, end < 0 ? undefined : end).split('\n');
  let offset = from;
  const lines = all.map((line, index) => {
    const words = wordsOf(line, offset, place, index === 0);
    offset += line.length + 1;
    return { line: first + index, words };
  });
  if (lines.length <= mostLines) return lines;
  const wrong = lineAt(text, place.start) - first;
  const begin = Math.min(Math.max(0, wrong - mostLines / 2), lines.length - mostLines);
  return lines.slice(begin, begin + mostLines);
}

function wordsOf(
  line: string,
  offset: number,
  wrong: TextRange,
  hasKeyword: boolean,
): readonly SourceWord[] {
  const clean = line.replace(/\r$/, '');
  const clip = (at: number) => Math.min(clean.length, Math.max(0, at - offset));
  const start = clip(wrong.start);
  const end = Math.max(start, clip(wrong.end));
  const keyword = hasKeyword ? (/^\s*\w+/.exec(clean)?.[0].length ?? 0) : 0;
  const words: readonly SourceWord[] =
    keyword > 0 && keyword <= start
      ? [{ text: clean.slice(0, keyword), mark: 'keyword' }, { text: clean.slice(keyword, start) }]
      : [{ text: clean.slice(0, start) }];
  return [
    ...words,
    { text: clean.slice(start, end), mark: 'wrong' } as const,
    { text: clean.slice(end) },
  ].filter(({ text }) => text !== '');
}

/** The last line of the output with the wrong word, or else the last line. */
function decisiveLine(run: BuildRun): number | undefined {
  const step = run.failedStep;
  if (step === undefined) return undefined;
  const { log } = step;
  const { first, lines } = log.tail(0, Infinity);
  const head = log.head.lines.map((text, number) => ({ text, number }));
  const kept = [
    ...head,
    ...lines.map((text, index) => ({ text, number: first + index })),
    { text: log.unfinished, number: log.count },
  ]
    .map(({ text, number }) => ({ text: plainText(text).trim(), number }))
    .filter(({ text }) => text !== '');
  const { place, text } = run;
  const word = place && text?.slice(place.start, place.end);
  const says =
    word === undefined || word.length > 100
      ? undefined
      : kept.findLast((one) => one.text.includes(word));
  return (says ?? kept.at(-1))?.number;
}

/** The error for the clipboard: the sentence, where it is, and the end of the output. */
export function errorText(run: BuildRun): string {
  const step = run.failedStep;
  const line = failedLine(run);
  const { dockerfile } = run.start.request;
  const lines = step === undefined ? [] : logLines(step).slice(-20);
  return [
    run.place?.message ?? run.errorMessage,
    ...(line === undefined ? [] : [`${dockerfile}:${line}`]),
    ...(run.place === undefined ? [] : [run.errorMessage]),
    '',
    ...lines,
  ]
    .join('\n')
    .trim();
}

/** The failure as a problem in the Dockerfile; undefined if its place is not known. */
export function problemOf(run: BuildRun): BuildProblem | undefined {
  const { place, text } = run;
  if (place === undefined || text === undefined) return undefined;
  const { start, end, instruction, kind, related, fixes, lastLines, exitCode } = place;
  const line = lineAt(text, instruction.start);
  const head =
    exitCode === undefined ? '' : t('Line {0} failed with exit code {1}:', line, exitCode);
  return {
    path: run.start.request.dockerfile,
    text,
    start,
    end,
    instruction,
    message: [place.message, head, ...lastLines].filter((one) => one !== '').join('\n'),
    code: kind,
    related,
    fixes,
  };
}
