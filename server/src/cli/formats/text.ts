/** Text for a terminal: the message, the source line with the place underlined, the fix and the rule's page. */
import { severities } from '../../lint/severity.ts';
import { wikiPage } from '../../lint/page.ts';
import type { Finding, Severity } from '../../lint/rule.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { printable } from '../printable.ts';
import { region, type FileReport, type Format, type Report } from '../report.ts';

const text: Format = (report) => {
  const paint = report.colors ? colored : plain;
  const blocks = report.files.flatMap((file) =>
    file.error !== undefined
      ? [`${paint.error('error')}: ${printable(file.path)}: ${printable(file.error)}\n`]
      : file.findings.map((finding) => block(finding, file, paint)),
  );
  return [...blocks, summary(report)].filter((part) => part !== '').join('\n');
};
export default text;

type Style = Severity | 'bold' | 'dim';
type Paint = Readonly<Record<Style, (text: string) => string>>;
const codes: Readonly<Record<Style, string>> = {
  error: '1;31',
  warning: '1;33',
  info: '1;34',
  hint: '1;36',
  bold: '1',
  dim: '2',
};
const styles = Object.keys(codes) as readonly Style[];
const colored = Object.fromEntries(
  styles.map((style) => [style, (it: string) => `\u001b[${codes[style]}m${it}\u001b[0m`]),
) as Paint;
const plain = Object.fromEntries(styles.map((style) => [style, (it: string) => it])) as Paint;

/** The number of source lines that are shown of one finding. */
const mostLines = 4;

function block(finding: Finding, file: FileReport, paint: Paint): string {
  const { severity, message, rule, at, fix, related = [] } = finding;
  const place = region(file.lines, at.span);
  const name = printable(file.path);
  const last = Math.min(place.endLine, place.line + mostLines - 1);
  const width = String(last).length;
  const bar = paint.dim(`${' '.repeat(width)} |`);
  const rows: string[] = [];
  for (let line = place.line; line <= last; line++) {
    const source = sourceLine(file, line);
    const from = line === place.line ? place.column - 1 : source.length - source.trimStart().length;
    const to = line === place.endLine ? place.endColumn - 1 : source.trimEnd().length;
    rows.push(`${paint.dim(`${String(line).padStart(width)} |`)} ${shown(source)}`);
    const marks = '^'.repeat(Math.max(1, columns(source.slice(from, to))));
    if (to > from || line === place.line) {
      rows.push(`${bar} ${' '.repeat(columns(source.slice(0, from)))}${paint[severity](marks)}`);
    }
  }
  if (last < place.endLine) rows.push(paint.dim(`${' '.repeat(width)} …`));
  const note = paint.dim(`${' '.repeat(width)} =`);
  return [
    `${paint[severity](`${severity}[${rule}]`)}${paint.bold(`: ${printable(message)}`)}`,
    `${paint.dim(`${' '.repeat(width)}-->`)} ${name}:${place.line}:${place.column}`,
    bar,
    ...rows,
    ...related.map(({ at: other, message: text }) => {
      const { line, column } = region(file.lines, other.span);
      return `${note} ${printable(text)}: ${name}:${line}:${column}`;
    }),
    ...(fix === undefined
      ? []
      : [`${note} ${fix.safe === false ? t('unsafe fix') : t('fix')}: ${printable(fix.title)}`]),
    `${note} ${paint.dim(wikiPage(rule) ?? `drydock explain ${rule}`)}`,
    '',
  ].join('\n');
}

/** A line of the file by its 1-based number, without its line ending. */
function sourceLine({ lines, text: source }: FileReport, line: number): string {
  const start = lines.offsetAt({ line: line - 1, character: 0 });
  return slice(source, { start, end: lines.offsetAt({ line: line - 1, character: Infinity }) });
}

/** Printable ASCII, which takes one column per character. */
const isPlain = /^[ -~]*$/;

/** The line as a terminal shows it: tabs as four spaces, control characters replaced. */
function shown(source: string): string {
  return printable(source.replaceAll('\t', '    '));
}

/** The width of a text in terminal columns; East Asian wide characters take two. */
function columns(source: string): number {
  if (isPlain.test(source)) return source.length;
  let count = 0;
  for (const character of shown(source)) {
    if (/\p{Mark}|\u200b|\ufeff/u.test(character)) continue;
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(character) ? 2 : 1; // prettier-ignore
  }
  return count;
}

/** `2 errors, 1 warning in 2 of 5 files; 1 can be fixed with --fix`; empty if there are no findings. */
function summary({ files }: Report): string {
  const findings = files.flatMap((file) => file.findings);
  const fixed = files.reduce((sum, file) => sum + file.fixed, 0);
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(severity, count)];
  });
  const bad = files.filter((file) => file.findings.length > 0).length;
  const safe = findings.filter(({ fix }) => fix !== undefined && fix.safe !== false).length;
  return [
    ...(fixed > 0 ? [fixed === 1 ? t('1 fix applied') : t('{0} fixes applied', fixed)] : []),
    ...(counts.length === 0
      ? []
      : files.length === 1
        ? [t('{0} in 1 file', counts.join(', '))]
        : [t('{0} in {1} of {2} files', counts.join(', '), bad, files.length)]),
    ...(safe > 0 ? [t('{0} can be fixed with --fix', safe)] : []),
  ]
    .join('; ')
    .replace(/.$/, '$&\n');
}

function counted(severity: Severity, count: number): string {
  switch (severity) {
    case 'error':
      return count === 1 ? t('1 error') : t('{0} errors', count);
    case 'warning':
      return count === 1 ? t('1 warning') : t('{0} warnings', count);
    case 'info':
      return count === 1 ? t('1 info') : t('{0} infos', count);
    case 'hint':
      return count === 1 ? t('1 hint') : t('{0} hints', count);
  }
}
