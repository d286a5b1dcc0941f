/** An engine whose answers are cut off or never end: the views say so, and recover by themselves. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineObjects } from './engine-objects.ts';
import { EngineProxy } from './engine-proxy.ts';
import { openWindow, type Window } from './window.ts';

const objects = new EngineObjects();
let proxy: EngineProxy;
let window: Window;
let image: string;

beforeAll(async () => {
  image = await objects.image('faults');
  proxy = await EngineProxy.start(await objects.socket());
  window = await openWindow({ env: { DOCKER_HOST: proxy.address } });
});
afterEach(async ({ task }) => {
  proxy.fault = undefined;
  if (task.result?.state === 'fail') await window.saveFailure(task.name);
});
afterAll(async () => {
  await window.close();
  await proxy.close();
  await objects.remove();
});

/** The errors above the views that list containers. */
const messages = () => window.page.locator('.sidebar .message', { hasText: 'Could not load' });

/** How many lists of containers the window is waiting for. */
const openLists = () => proxy.openRequests.filter((one) => one.includes('/containers/json'));

test('keeps its rows, reports an answer that is cut off, and reads again by itself', async () => {
  const first = await objects.container('faults-first', image);
  await window.openSideBar();
  await window.row(`${first}, up`).waitFor();
  proxy.fault = { kind: 'cut', request: 'GET /containers/json', bytes: 600 };
  const second = await objects.container('faults-second', image);
  await messages().first().waitFor();
  await window.row(`${first}, up`).waitFor();
  await window.shot('32-engine-cut');
  proxy.fault = undefined;
  await window.row(`${second}, up`).waitFor();
  await expect.poll(() => messages().count()).toBe(0);
});

test('gives up an answer that never ends, and reads again by itself', async () => {
  proxy.fault = { kind: 'silent', request: 'GET /containers/json', bytes: 600 };
  const third = await objects.container('faults-third', image);
  await expect.poll(() => openLists().length).toBeGreaterThan(0);
  proxy.fault = undefined;
  await window.row(`${third}, up`).waitFor();
  await expect.poll(() => messages().count()).toBe(0);
});

test('does not wait for such an answer after Reconnect', async () => {
  proxy.fault = { kind: 'silent', request: 'GET /containers/json', bytes: 600 };
  const fourth = await objects.container('faults-fourth', image);
  await expect.poll(() => openLists().length).toBeGreaterThan(0);
  proxy.fault = undefined;
  await window.command('Drydock: Reconnect to Docker Engine');
  await window.row(`${fourth}, up`).waitFor();
  // The old answer is still awaited: the view did not need it.
  expect(openLists().length).toBeGreaterThan(0);
});
