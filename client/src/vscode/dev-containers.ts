/** The Dev Containers extension: whether it is installed, and its commands. */
import * as vscode from 'vscode';

const extensionId = 'ms-vscode-remote.remote-containers';

/** Keeps the context key `drydock.devContainers`, which the menus use. */
export function followDevContainers(): vscode.Disposable {
  const update = (): void => {
    const isInstalled = vscode.extensions.getExtension(extensionId) !== undefined;
    void vscode.commands.executeCommand('setContext', 'drydock.devContainers', isInstalled);
  };
  update();
  return vscode.extensions.onDidChange(update);
}

export const devContainers = {
  /** Opens a window that runs in a container, given by id or name. */
  attachWindow: async (container: string): Promise<void> => {
    await vscode.commands.executeCommand('remote-containers.attachToRunningContainer', container);
  },
  /** Opens the folder in a container that its `devcontainer.json` describes. */
  openInDevContainer: async (folder: string): Promise<void> => {
    await vscode.commands.executeCommand('remote-containers.openFolder', vscode.Uri.file(folder));
  },
};
