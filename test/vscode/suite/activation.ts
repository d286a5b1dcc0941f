import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { drydock } from './drydock.ts';
import { measure, test } from './runner.ts';

test('it is not active before a Dockerfile or a view is open', () => {
  assert.equal(drydock().isActive, false);
});

test('it activates, and fast', async () => {
  const start = performance.now();
  await drydock().activate();
  const milliseconds = performance.now() - start;
  measure('activation in ms', milliseconds);
  // Ten times what is wanted: a guard against something heavy at start, not a stopwatch.
  assert.ok(milliseconds < 500, `activation took ${milliseconds} ms`);
});

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
