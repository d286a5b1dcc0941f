import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { drydock } from './drydock.ts';
import { measure, test } from './runner.ts';

test('it is not active before a Dockerfile or a view is open', () => {
  assert.equal(drydock().isActive, false);
});

test('it activates, and loads neither the engine nor the language client', async () => {
  const peer = vscode.extensions.getExtension('vscode.json-language-features');
  assert.ok(peer, 'VS Code has its own support of JSON');
  // Both are read from the disk for the first time, so that the two figures can be compared.
  measure('activation in ms', await activation(drydock()));
  measure("activation of VS Code's own JSON support in ms", await activation(peer));
  const loaded = Object.keys(require.cache).filter((file) => file.includes('/dist/'));
  const late = ['engine.js', 'buildkit.js', 'language-client.js', 'server.js'];
  assert.deepEqual(
    loaded.filter(
      (file) => file.startsWith(drydock().extensionPath) && late.includes(basename(file)),
    ),
    [],
  );
  assert.ok(loaded.some((file) => file === join(drydock().extensionPath, 'dist/extension.js')));
});

async function activation(extension: vscode.Extension<unknown>): Promise<number> {
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}

test('every command of the manifest is registered', async () => {
  const registered = new Set(await vscode.commands.getCommands(true));
  const commands = contributions().commands.map(({ command }) => command);
  assert.ok(commands.length > 0);
  assert.deepEqual(
    commands.filter((command) => !registered.has(command)),
    [],
  );
});

test('every view of the manifest exists', async () => {
  const registered = new Set(await vscode.commands.getCommands(true));
  const views = Object.values(contributions().views).flat();
  const ids = views.map(({ id }) => id);
  for (const id of ['drydock.containers', 'drydock.images']) assert.ok(ids.includes(id), id);
  // VS Code registers this command for each view that it knows.
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
