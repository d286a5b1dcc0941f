/** Builds an image from a Dockerfile in the editor and removes it in the side bar. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let window: Window;

beforeAll(async () => {
  const base = await objects.image('base');
  window = await openWindow({
    files: {
      'shop/Dockerfile': `FROM ${base}\nCOPY greeting.txt /\nRUN cat /greeting.txt\n`,
      'shop/greeting.txt': 'Hello from the context\n',
      'shop/.dockerignore': 'secret.txt\n',
      'broken/Dockerfile': `FROM ${base}\nRUN echo before && exit 7\n`,
    },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await objects.remove();
});

test('builds an image from the open Dockerfile and shows its row', async () => {
  const image = objects.imageName('shop');
  await window.openSideBar();
  await build('shop/Dockerfile', image);
  // Notifications disappear after a while, so all are awaited from the start.
  await Promise.all([
    window.notification(`Built ${image}`).waitFor(),
    window.seeInTerminal('Hello from the context'),
    window.row(image).waitFor(),
  ]);
  await window.shot('20-built');
  const { RootFS } = await objects.docker.getImage(image).inspect();
  expect(RootFS.Layers?.length).toBeGreaterThan(1);
});

test('reports a failed build', async () => {
  const image = objects.imageName('broken');
  await build('broken/Dockerfile', image);
  await window.notification(`Could not build ${image}: step`).waitFor();
  await window.shot('21-build-failed');
});

test('removes an image after confirmation', async () => {
  const image = objects.imageName('shop');
  await window.chooseOnRow(window.row(image), /^Remove/);
  await window.confirm('Remove');
  await window.row(image).waitFor({ state: 'detached' });
});

async function build(dockerfile: string, image: string): Promise<void> {
  await window.openFile(dockerfile);
  await window.command('Drydock: Build Image…');
  await window.answer('Name and tag of the image', image);
}
