/** What the page of a log asks the editor to do, and why a search failed. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Editor } from '../ui/editor.ts';
import { pageMessage } from '../ui/failure-message.ts';
import type { LogRows } from './log-rows.ts';
import type { FromLogs, MarkerAction } from './page.ts';
import { SlowSearchError } from './searcher.ts';

/** Opens the file of the workspace that a line names, if it still exists. */
export async function openLink(
  editor: Pick<Editor, 'showLine'>,
  rows: LogRows,
  { line, link }: Extract<FromLogs, { kind: 'link' }>,
): Promise<void> {
  const place = rows.linksOf(line)[link];
  const file = place && rows.fileOf(place.path);
  if (place !== undefined && file !== undefined) await editor.showLine(file, Math.max(0, place.line - 1)); // prettier-ignore
}

export async function runMarkerAction(
  editor: Pick<Editor, 'runCommand'>,
  name: Exclude<MarkerAction, 'save'>,
  container: Container,
): Promise<void> {
  const id = name === 'limits' ? 'containers.update' : 'containers.inspect';
  await editor.runCommand(id, { subject: container });
}

/** Why a search was ended, or could not begin. */
export function searchProblem(error: unknown): string {
  if (error instanceof SlowSearchError)
    return t('The regular expression takes too long on these lines. Use a simpler one.');
  if (error instanceof SyntaxError) {
    const reason = error.message.replace(/^Invalid regular expression: /, '');
    return t('The regular expression is invalid: {0}', reason);
  }
  return t('The search failed: {0}', pageMessage(error));
}
