/** Opens windows of VS Code in containers, by the Dev Containers extension. */
import path from 'node:path';
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Address } from '../engine/address.ts';
import type { Tools } from '../ui/tools.ts';

/**
 * Attaches a window. The extension uses the engine of the docker CLI at `cliAddress`; a container of another engine is not
 * passed to it, because it would not find the container, or find another one of the same name.
 */
export async function attachWindow(
  { id, name }: Container,
  { connectionState, editor }: Pick<Tools, 'connectionState' | 'editor'>,
  cliAddress: () => Promise<Address>,
): Promise<void> {
  const { address } = await connectionState();
  const cli = await cliAddress().catch(() => undefined);
  if (address !== undefined && cli !== undefined && address.url !== cli.url) {
    const follow = t('Use Docker CLI Context');
    const message = t(
      'Could not attach to {0}: Dev Containers uses the engine of the docker command, {1}, and the container runs on {2}.',
      name,
      cli.context ?? cli.url,
      address.context ?? address.url,
    );
    if ((await editor.showError(message, follow)) === follow)
      await editor.runCommand('contexts.follow');
    return;
  }
  await editor.attachWindow(id);
}

/** Opens the folder of a `devcontainer.json`, or the first folder of the workspace, in its container. */
export async function openInDevContainer(
  { editor }: Pick<Tools, 'editor'>,
  [file]: readonly string[],
): Promise<void> {
  const folder = file === undefined ? editor.firstWorkspaceFolder() : folderOf(file);
  if (folder === undefined) await editor.showInformation(t('Open a folder first.'));
  else await editor.openInDevContainer(folder);
}

/** The folder that contains `.devcontainer`, or the file `.devcontainer.json`. */
function folderOf(file: string): string {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf('.devcontainer');
  return at > 0 ? parts.slice(0, at).join(path.sep) || path.sep : path.dirname(file);
}
