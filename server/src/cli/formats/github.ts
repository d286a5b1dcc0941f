/** Workflow commands, which GitHub shows as annotations. */
import type { Severity } from '../../lint/rule.ts';
import { region, type FileReport, type Format } from '../report.ts';
import { workflowCommand } from './workflow-command.ts';

const github: Format = ({ files }) => files.flatMap(annotations).join('');
export default github;

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

function annotations({ path, findings, lines, error }: FileReport): readonly string[] {
  if (error !== undefined) return [workflowCommand('error', { file: path }, error)];
  return findings.map(({ severity, at, rule, message }) => {
    const { line, column: col, endLine, endColumn } = region(lines, at.span);
    const place = { file: path, line, endLine, col, endColumn, title: rule };
    return workflowCommand(levels[severity], place, message);
  });
}
