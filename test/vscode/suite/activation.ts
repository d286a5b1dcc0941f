import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { drydock } from './drydock.ts';
import { eventually } from './eventually.ts';
import { measure, test } from './runner.ts';

test('is not active before a Dockerfile or a view is open', () => {
  assert.equal(drydock().isActive, false);
});

test('activates without loading the engine or the language client', async () => {
  const peer = vscode.extensions.getExtension('vscode.json-language-features');
  assert.ok(peer, 'VS Code has no built-in JSON support');
  // Both are loaded from disk for the first time, so the two values can be compared.
  measure('activation in ms', await activate(drydock()));
  measure("activation of VS Code's own JSON support in ms", await activate(peer));
  const loaded = Object.keys(require.cache).filter((file) => file.includes('/dist/'));
  const late = ['engine.js', 'buildkit.js', 'language-client.js', 'server.js'];
  assert.deepEqual(
    loaded.filter(
      (file) => file.startsWith(drydock().extensionPath) && late.includes(basename(file)),
    ),
    [],
  );
  assert.ok(loaded.some((file) => file === join(drydock().extensionPath, 'dist/client.js')));
});

async function activate(extension: vscode.Extension<unknown>): Promise<number> {
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}

test('registers every command of the manifest', async () => {
  const registered = new Set(await vscode.commands.getCommands(true));
  const commands = contributions().commands.map(({ command }) => command);
  assert.ok(commands.length > 0);
  assert.deepEqual(
    commands.filter((command) => !registered.has(command)),
    [],
  );
});

test('registers commands under the ids that they had before, and is activated by them', async () => {
  const registered = new Set(await vscode.commands.getCommands(true));
  assert.ok(registered.has('drydock.images.history'));
  const { activationEvents } = drydock().packageJSON as {
    readonly activationEvents: readonly string[];
  };
  assert.ok(activationEvents.includes('onCommand:drydock.images.history'));
});

test('registers every view of the manifest', async () => {
  const registered = new Set(await vscode.commands.getCommands(true));
  const views = Object.values(contributions().views).flat();
  const ids = views.map(({ id }) => id);
  for (const id of ['drydock.containers', 'drydock.images']) assert.ok(ids.includes(id), id);
  // VS Code registers this command for each view.
  assert.deepEqual(
    ids.filter((id) => !registered.has(`${id}.focus`)),
    [],
  );
});

interface Contributions {
  readonly commands: readonly { readonly command: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

function contributions(): Contributions {
  return (drydock().packageJSON as { contributes: Contributions }).contributes;
}

test('settings of a workspace cannot choose the engine or a program', async () => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  const file = vscode.Uri.joinPath(folder.uri, '.vscode/settings.json');
  const hostile = { 'drydock.engine.host': 'tcp://127.0.0.1:1', 'drydock.shellcheck.path': '/x' };
  const read = (name: string) => vscode.workspace.getConfiguration('drydock').get(name);
  const before = ['engine.host', 'shellcheck.path'].map(read);
  const text = JSON.stringify({ ...hostile, 'drydock.containers.sortBy': 'image' });
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  // The other setting shows that the file has been read.
  await eventually(
    vscode.workspace.onDidChangeConfiguration,
    () => read('containers.sortBy') === 'image' || undefined,
  );
  assert.deepEqual(['engine.host', 'shellcheck.path'].map(read), before);
  await vscode.workspace.fs.delete(file);
});
