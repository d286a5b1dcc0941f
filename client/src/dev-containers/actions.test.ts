import { expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import type { Address } from '../engine/address.ts';
import openDevContainer from '../commands/containers/open-dev-container.ts';
import { attachWindow } from './actions.ts';

const address = (url: string, context?: string): Address => ({
  endpoint: { kind: 'socket', path: url.replace('unix://', '') },
  source: 'default',
  url,
  ...(context !== undefined && { context }),
});

const local = address('unix:///run/docker.sock');

function container(here: Address) {
  const connectionState = () => Promise.resolve({ address: here });
  return trial({ containers: [{ name: 'web' }] }, [], { tools: { connectionState } });
}

test('attaches a window to a container of the engine of the docker command', async () => {
  const t = container(local);
  const web = t.world.container('web');
  await attachWindow(web, t.tools, () => Promise.resolve(local));
  expect(t.seen).toEqual([`attach: ${web.id}`]);
});

test('does not attach to a container of another engine', async () => {
  const t = container(address('unix:///far.sock', 'far'));
  await attachWindow(t.world.container('web'), t.tools, () => Promise.resolve(local));
  expect(t.seen).toEqual([
    'error: Could not attach to web: Dev Containers uses the engine of the docker command, unix:///run/docker.sock, and the container runs on far. [Use Docker CLI Context]',
  ]);
});

test.each([
  ['/w/app/.devcontainer/devcontainer.json', '/w/app'],
  ['/w/app/.devcontainer/python/devcontainer.json', '/w/app'],
  ['/w/app/.devcontainer', '/w/app'],
  ['/w/app/.devcontainer.json', '/w/app'],
])('opens the folder of %s', async (file, folder) => {
  const t = trial({});
  await t.runOn(openDevContainer, [file]);
  expect(t.seen).toEqual([`dev container: ${folder}`]);
});

test('opens the folder of the workspace, if there is one', async () => {
  const t = trial({}, [], { editor: { firstWorkspaceFolder: () => '/w' } });
  await t.run(openDevContainer);
  expect(t.seen).toEqual(['dev container: /w']);
  const without = trial({});
  await without.run(openDevContainer);
  expect(without.seen).toEqual(['info: Open a folder first.']);
});
