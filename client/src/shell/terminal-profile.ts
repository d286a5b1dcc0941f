/** Opens the shell of the terminal profile; asks for the container if several are running. */
import { t } from '@vscode/l10n';
import type { Duplex } from '../engine/engine.ts';
import { formatImageName, joinDetails } from '../ui/format.ts';
import { openShell } from './shells.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';

/** Undefined if the user cancels, or if no container is running, which is reported. */
export async function openProfileShell({
  engine: connected,
  editor,
}: Pick<Tools, 'engine' | 'editor'>): Promise<
  { readonly name: string; readonly stream: Duplex } | undefined
> {
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
  if (container === undefined) return undefined;
  return attempt(t('Could not attach a shell to {0}', container.name), () =>
    openShell(engine, container),
  );
}
