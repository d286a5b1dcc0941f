import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { recordingEditor } from '../../../test/recording-editor.ts';
import type { PageListener } from '../ui/page.ts';
import { isFromProcesses, type FromProcesses, type ToProcesses } from './page.ts';
import { showProcesses } from './session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The open page of a container, and the number of requests. */
async function openPage() {
  const world = fakeEngine({ containers: [{ name: 'web', command: 'nginx' }] });
  const posted: ToProcesses[] = [];
  let listener: PageListener<FromProcesses> | undefined;
  const { editor } = recordingEditor([], {
    openPage: (_, __, given) => {
      listener = given as unknown as PageListener<FromProcesses>;
      const post = (message: unknown) => void posted.push(message as ToProcesses);
      return { post, reveal: () => undefined, setTitle: () => undefined, close: () => undefined };
    },
  });
  let requests = 0;
  const top = world.engine.top.bind(world.engine);
  world.engine.top = (id) => {
    requests += 1;
    return top(id);
  };
  const engine = () => Promise.resolve(world.engine);
  const closed = showProcesses(world.container('web'), { engine, editor });
  await vi.advanceTimersByTimeAsync(0);
  const send = async (message: FromProcesses): Promise<void> => {
    listener?.onMessage(message);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { world, posted, send, listener: () => listener, requests: () => requests, closed };
}

test('shows the columns of docker top, and reads them again while the page is visible', async () => {
  const page = await openPage();
  await page.send({ kind: 'ready' });
  expect(page.posted[0]).toMatchObject({ kind: 'show', title: 'Processes in web' });
  expect(page.posted.at(-1)).toEqual({
    kind: 'rows',
    titles: ['UID', 'PID', 'CMD'],
    rows: [['root', '4242', 'nginx']],
    facts: 'Processes: 1',
    paused: false,
  });
  const before = page.requests();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(page.requests()).toBe(before + 3);
  await page.send({ kind: 'visibility', visible: false });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.requests()).toBe(before + 3);
  await page.send({ kind: 'visibility', visible: true });
  expect(page.requests()).toBe(before + 4);
  page.listener()?.onClosed();
  await page.closed;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.requests()).toBe(before + 4);
});

test('reads nothing while it is paused', async () => {
  const page = await openPage();
  await page.send({ kind: 'ready' });
  await page.send({ kind: 'pause', paused: true });
  const before = page.requests();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.requests()).toBe(before);
  expect(page.posted.at(-1)).toMatchObject({ kind: 'rows', paused: true });
});

test('keeps the last processes and says why they are not current', async () => {
  const page = await openPage();
  await page.send({ kind: 'ready' });
  page.world.exit('web', 0);
  await vi.advanceTimersByTimeAsync(2_000);
  const errors = page.posted.filter(({ kind }) => kind === 'error');
  expect(errors.at(-1)).toMatchObject({ message: expect.stringMatching(/not running/) as string });
  expect(page.posted.at(-1)).toMatchObject({ kind: 'rows', facts: 'Processes: 1' });
});

test.each([
  undefined,
  'ready',
  {},
  { kind: 'pause' },
  { kind: 'visibility', visible: 1 },
  { kind: 'x' },
])('refuses %j from the page', (message) => expect(isFromProcesses(message)).toBe(false));
