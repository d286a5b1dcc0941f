/** The failure as a workflow command, which GitHub shows as an annotation. */
import { t } from '@vscode/l10n';
import { workflowCommand } from '../../../../server/src/cli/formats/workflow-command.ts';
import { withoutSequences } from '../../../../server/src/text/control-sequences.ts';
import type { BuildReport } from '../report.ts';
import { messageOf } from './text.ts';

/** Lines of output in the annotation. */
const logLines = 10;

/**
 * Output without the commands that GitHub would read in it: lines that begin with `::`, and `##[` anywhere
 * (actions/runner, ActionCommand.cs).
 */
export function withoutCommands(output: string): string {
  return output.replace(/^(?=[^\S\n]*::)/gm, '| ').replaceAll('##[', '## [');
}

export function githubReport({ error }: BuildReport): string {
  if (error === null) return '';
  const { path, place, log, related } = error;
  const message = [messageOf(error), ...log.slice(-logLines).map(withoutSequences)].join('\n');
  const region = place && {
    line: place.line,
    endLine: place.endLine,
    col: place.column,
    endColumn: place.endColumn,
  };
  const title = t('Build failed');
  return [
    workflowCommand('error', { file: path, ...region, title }, message),
    ...related.map((one) =>
      workflowCommand('notice', { file: one.path, line: one.line, title }, one.message),
    ),
  ].join('');
}
