/** Workflow commands, which GitHub shows as annotations. */
import type { Severity } from '../../lint/rule.ts';
import { printableLines } from '../printable.ts';
import { region, type FileReport, type Format } from '../report.ts';

const github: Format = ({ files }) => files.flatMap(annotations).join('');
export default github;

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

function annotations({ path, findings, lines, error }: FileReport): readonly string[] {
  if (error !== undefined) return [`::error file=${property(path)}::${data(error)}\n`];
  return findings.map(({ severity, at, rule, message }) => {
    const { line, column, endLine, endColumn } = region(lines, at.span);
    const place = `line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
    return `::${levels[severity]} file=${property(path)},${place},title=${property(rule)}::${data(message)}\n`;
  });
}

function data(text: string): string {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return printableLines(escaped);
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
