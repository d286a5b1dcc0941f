import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { recordingEditor } from '../../../test/recording-editor.ts';
import type { PageListener } from '../ui/page.ts';
import { isFromHistory, type FromHistory, type ToHistory } from './page.ts';
import { showHistory } from './session.ts';

/** The open page of a container that has exited. */
function openPage() {
  const Health = {
    Log: [
      { Start: '2026-01-01T00:00:00Z', ExitCode: 0, Output: 'ok\n' },
      { Start: '2026-01-01T00:01:00Z', ExitCode: 1, Output: '<b>refused</b>' },
    ],
  };
  const inspect = { State: { Running: true, Health }, HostConfig: { RestartPolicy: { Name: 'always' } } }; // prettier-ignore
  const world = fakeEngine({ containers: [{ name: 'web', inspect }] });
  const posted: ToHistory[] = [];
  let listener: PageListener<FromHistory> | undefined;
  const { editor, seen } = recordingEditor([], {
    openPage: (_, __, given) => {
      listener = given as unknown as PageListener<FromHistory>;
      const post = (message: unknown) => void posted.push(message as ToHistory);
      return { post, reveal: () => undefined, setTitle: () => undefined, close: () => undefined };
    },
  });
  const engine = () => Promise.resolve(world.engine);
  const closed = showHistory(world.container('web'), { engine, editor });
  const rows = () => posted.flatMap((message) => (message.kind === 'rows' ? [message] : []));
  return { world, posted, rows, seen, listener: () => listener, closed };
}

test('shows events as they happen while the page is visible, and health checks', async () => {
  const page = openPage();
  page.listener()?.onMessage({ kind: 'ready' });
  await expect.poll(() => page.rows().length).toBe(1);
  expect(page.posted[0]).toMatchObject({ kind: 'show', title: 'History of web' });
  expect(page.rows()[0]).toMatchObject({
    facts: ['running', 'restart policy: always', 'restarts by the policy: 0'],
    checks: [
      { level: 'warning', text: 'failed (1)', detail: '<b>refused</b>' },
      { level: 'good', text: 'passed', detail: 'ok' },
    ],
  });
  page.world.exit('web', 3);
  await expect.poll(() => page.rows().at(-1)?.events[0]?.text).toBe('exited (3)');
  page.listener()?.onMessage({ kind: 'visibility', visible: false });
  const before = page.posted.length;
  await page.world.engine.start(page.world.container('web').id);
  page.listener()?.onMessage({ kind: 'visibility', visible: true });
  await expect.poll(() => page.posted.length).toBeGreaterThan(before);
  page.listener()?.onClosed();
  await page.closed;
});

test('opens the logs', () => {
  const page = openPage();
  page.listener()?.onMessage({ kind: 'logs' });
  expect(page.seen).toEqual(['command: containers.logs']);
});

test.each([undefined, 'ready', {}, { kind: 'visibility', visible: 1 }, { kind: 'x' }])(
  'refuses %j from the page',
  (message) => expect(isFromHistory(message)).toBe(false),
);
