/** The shell of the terminal profile; asks for the container if several are running. */
import { t } from '@vscode/l10n';
import { formatImageName, joinDetails } from '../ui/format.ts';
import type { ProcessTerminal } from '../ui/editor.ts';
import type { Tools } from '../ui/tools.ts';
import { shellTerminal } from './open-shell.ts';

/** Undefined if the user cancels, if no container is running, or if it has no shell, which is reported. */
export async function profileTerminal({
  engine: connected,
  editor,
}: Pick<Tools, 'engine' | 'editor'>): Promise<ProcessTerminal | undefined> {
  const engine = await connected();
  const running = (await engine.containers()).filter(({ state }) => state === 'running');
  const [first, ...others] = running;
  if (first === undefined) {
    void editor.showInformation(t('No container is running.'));
    return undefined;
  }
  const choices = running.map((container) => ({
    label: container.name,
    description: joinDetails(formatImageName(container.image), container.project),
    value: container,
  }));
  const container =
    others.length === 0 ? first : await editor.pick(t('Attach Shell: Container'), choices);
  return container && shellTerminal(container, { engine, editor });
}
