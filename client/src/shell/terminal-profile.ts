/** What the terminal profile opens: a shell in a running container, asked for where there are several. */
import { t } from '@vscode/l10n';
import type { Duplex } from '../engine/engine.ts';
import { imageName, joined } from '../ui/format.ts';
import { openShell } from './shells.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';

/** Undefined where nobody wants one, or there is no container for it; that is said. */
export async function shellOfProfile({
  engine: connected,
  editor,
}: Pick<Tools, 'engine' | 'editor'>): Promise<
  { readonly name: string; readonly stream: Duplex } | undefined
> {
  const engine = await connected();
  const running = (await engine.containers()).filter(({ state }) => state === 'running');
  const [first, ...others] = running;
  if (first === undefined) {
    void editor.tell(t('No container is running.'));
    return undefined;
  }
  const choices = running.map((container) => ({
    label: container.name,
    description: joined(imageName(container.image), container.project),
    value: container,
  }));
  const container =
    others.length === 0 ? first : await editor.pick(t('A shell in which container?'), choices);
  if (container === undefined) return undefined;
  return attempt(t('No shell in {0}', container.name), () => openShell(engine, container));
}
