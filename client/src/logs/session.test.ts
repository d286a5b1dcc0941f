import { describe, expect, test } from 'vitest';
import { trial, type Trial } from '../../../test/command-trial.ts';
import type { FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import { RecordedPage } from '../../../test/recorded-page.ts';
import logsFrom from '../commands/containers/logs-from.ts';
import logs from '../commands/containers/logs.ts';
import type { Editor } from '../ui/editor.ts';
import type { FromLogs, LogChoices, LogRow, LogState, ToLogs } from './page.ts';

const at = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.5Z`;

class LogPage extends RecordedPage<ToLogs, FromLogs> {
  /** Behaves as the script of the page: it is ready, and asks for the last rows. */
  start(): void {
    this.send({ kind: 'ready' });
    this.send({ kind: 'window', first: 0, count: 100, end: true });
  }

  get state(): LogState | undefined {
    const states = this.posted.flatMap((message) =>
      message.kind === 'state' ? [message.state] : [],
    );
    return states.at(-1);
  }

  get choices(): LogChoices {
    const [choices] = this.posted.flatMap((message) =>
      message.kind === 'show' ? [message.choices] : [],
    );
    return choices as LogChoices;
  }

  get rows(): readonly LogRow[] {
    const rows = new Map<number, LogRow>();
    for (const message of this.posted) {
      if (message.kind === 'restart') rows.clear();
      else if (message.kind === 'rows') for (const row of message.rows) rows.set(row.place, row);
    }
    return [...rows.values()].sort((a, b) => a.place - b.place);
  }

  /** `name level text` of each row; a marker begins with an asterisk. */
  get lines(): readonly string[] {
    return this.rows.map(
      (row) =>
      row.kind === 'marker'
        ? `* ${row.title}`
        : `${this.state?.sources[row.source]?.name ?? ''} ${row.level} ${row.parts.map(({ text }) => text).join('')}`, // prettier-ignore
    );
  }
}

function open(world: FakeWorld, also: Partial<Editor> = {}, answers: readonly string[] = []) {
  const page = new LogPage();
  const t = trial(world, answers, { editor: { openPage: page.openPage, ...also } });
  return { page, t };
}

async function openLogs(
  world: FakeWorld,
  also: Partial<Editor> = {},
): Promise<{ page: LogPage; t: Trial }> {
  const { page, t } = open(world, also);
  await t.run(logs, ...(world.containers ?? []).map(({ name }) => name));
  page.start();
  return { page, t };
}

const shop: FakeWorld = {
  containers: [
    {
      name: 'shop-web',
      project: 'shop',
      service: 'web',
      logs: `${at(1)} hello\n${at(3)} \u001b[2Jbye\n`,
    },
    { name: 'shop-db', project: 'shop', service: 'db', logs: `${at(2)} 10%\r100%\r\n` },
  ],
};

describe('the logs of a project', () => {
  test('are merged by time, with the names of services, and followed', async () => {
    const { page, t } = await openLogs(shop);
    expect(page.title).toBe('shop: logs');
    await expect.poll(() => page.lines).toEqual(['web none hello', 'db none 100%', 'web none bye']);
    expect(page.state?.facts).toBe('shop · 2 of 2 running');
    t.world.log('shop-db', `${at(4)} ERROR late\n`);
    await expect.poll(() => page.lines.at(-1)).toBe('db error ERROR late');
    await expect.poll(() => page.state?.errors).toBe('1 error');
    page.close();
  });

  test('hide the lines of a container, and show them again', async () => {
    const { page } = await openLogs(shop);
    await expect.poll(() => page.lines.length).toBe(3);
    page.send({ kind: 'toggle-source', source: 0 });
    page.send({ kind: 'window', first: 0, count: 100, end: true });
    await expect.poll(() => page.lines).toEqual(['db none 100%']);
    page.send({ kind: 'toggle-source', source: 0 });
    page.send({ kind: 'window', first: 0, count: 100, end: true });
    await expect.poll(() => page.lines.length).toBe(3);
    page.close();
  });
});

test('mark the exit and the restart of a container, and go on', async () => {
  const { page, t } = await openLogs({ containers: [{ name: 'web', logs: `${at(1)} first\n` }] });
  await expect.poll(() => page.lines).toEqual(['web none first']);
  t.world.exit('web', 137);
  await expect.poll(() => page.lines.at(-1)).toBe('* web exited (137), killed by SIGKILL');
  expect(page.state?.facts).toBe('exited (137)');
  await t.world.engine.start('web');
  await expect.poll(() => page.lines.at(-1)).toBe('* web restarted');
  t.world.log('web', `${at(1)} two\n`);
  await expect.poll(() => page.lines.at(-1)).toBe('web none two');
  expect(page.lines.filter((line) => line.includes('first'))).toHaveLength(1);
  expect(page.state?.restarts).toBe('2 restarts and exits');
  page.send({ kind: 'jump', to: 'restart', from: 100, back: true });
  expect(page.posted.at(-1)).toMatchObject({ kind: 'go', place: 2 });
  page.close();
});

test('keep their lines when a container is removed, and go on with the one that takes its place', async () => {
  const { page, t } = await openLogs({ containers: [{ name: 'web', logs: `${at(1)} old\n` }] });
  await expect.poll(() => page.lines).toEqual(['web none old']);
  const { id } = t.world.container('web');
  await t.world.engine.remove(id, { force: true });
  await expect.poll(() => page.lines.at(-1)).toBe('* web was removed');
  const next = t.world.create({ name: 'web', state: 'created', logs: `${at(5)} new\n` });
  await t.world.engine.start(next);
  await expect.poll(() => page.lines.at(-1)).toBe('web none new');
  expect(page.lines).toContain('* web was created again');
  expect(page.lines[0]).toBe('web none old');
  page.close();
});

test('show the open page of a container again, unless other options are requested', async () => {
  const pages: LogPage[] = [];
  const openPage: Editor['openPage'] = (...given) => {
    const page = new LogPage();
    pages.push(page);
    return page.openPage(...given);
  };
  const world = { containers: [{ name: 'web', logs: `${at(1)} a\n` }, { name: 'api' }] };
  const t = trial(world, ['All lines', 'With timestamps', 'All lines', 'Without timestamps'], {
    editor: { openPage },
  });
  const reveals = () => pages.map((page) => page.reveals);
  await t.run(logs, 'web');
  pages[0]?.start();
  pages[0]?.send({ kind: 'choose', choices: { ...pages[0].choices, range: 'tail:100' } });
  await t.run(logs, 'web');
  expect(reveals()).toEqual([1]);
  // Another container, and several ones.
  await t.run(logs, 'api');
  await t.run(logs, 'web', 'api');
  await t.run(logs, 'web', 'api');
  expect(reveals()).toEqual([1, 0, 0, 0]);
  await t.run(logsFrom, 'web');
  await t.run(logsFrom, 'web');
  expect(reveals()).toEqual([1, 0, 0, 0, 0, 0]);
  // The container that took its place is in the page.
  const { id } = t.world.container('web');
  await t.world.engine.remove(id, { force: true });
  const next = t.world.create({ name: 'web', state: 'created', logs: `${at(5)} new\n` });
  await t.world.engine.start(next);
  await expect.poll(() => pages[0]?.lines.at(-1)).toBe('web none new');
  await t.run(logs, 'web');
  expect(reveals()[0]).toBe(2);
  pages[0]?.close();
  await t.run(logs, 'web');
  expect(pages.length).toBe(7);
  for (const page of pages) page.close();
});

test('show why a stopped container exited', async () => {
  const inspect = {
    State: { Running: false, ExitCode: 137, OOMKilled: true, StartedAt: '2026-01-01T00:00:00Z', FinishedAt: '2026-01-01T02:04:00Z' }, // prettier-ignore
    HostConfig: { Memory: 512_000_000 },
  };
  const { page } = await openLogs({
    containers: [{ name: 'api', state: 'exited', logs: `${at(1)} x\n`, inspect }],
  });
  await expect
    .poll(() => page.rows.at(-1))
    .toMatchObject({
      kind: 'marker',
      title: 'api exited (137), out of memory',
      detail: 'limit 512 MB · ran 2 h',
      actions: [{ name: 'limits' }, { name: 'inspect' }],
    });
  page.close();
});

describe('the page', () => {
  const lines = [
    'INFO a',
    'ERROR b',
    '    at c (/app/src/x.ts:3:1)',
    '{"level":"warn","msg":"d","ms":5}',
  ];
  const world: FakeWorld = { containers: [{ name: 'web', logs: lines.map((line, index) => `${at(index)} ${line}\n`).join('') }] }; // prettier-ignore

  test('searches, counts matches and shows only lines that match', async () => {
    const { page } = await openLogs(world);
    await expect.poll(() => page.lines.length).toBe(4);
    page.send({ kind: 'choose', choices: { ...page.choices, query: 'B' } });
    await expect.poll(() => page.state?.matches).toBe(1);
    await expect.poll(() => page.rows[1]).toMatchObject({ marks: [[6, 7]] });
    page.send({ kind: 'jump', to: 'match', from: 4, back: true });
    expect(page.posted.at(-1)).toEqual({ kind: 'go', place: 1, line: 1, match: 0 });
    page.send({ kind: 'choose', choices: { ...page.choices, query: 'B', hidesOthers: true } });
    page.send({ kind: 'window', first: 0, count: 100, end: true });
    await expect.poll(() => page.lines).toEqual(['web error ERROR b']);
    page.send({ kind: 'choose', choices: { ...page.choices, query: '(', isExpression: true } });
    await expect.poll(() => page.state?.searchProblem).toContain('invalid');
    page.close();
  });

  test('shows lines of a level with those that continue them', async () => {
    const { page } = await openLogs(world);
    await expect.poll(() => page.lines.length).toBe(4);
    page.send({ kind: 'choose', choices: { ...page.choices, levels: '5' } });
    page.send({ kind: 'window', first: 0, count: 100, end: true });
    await expect.poll(() => page.lines).toEqual(['web error ERROR b', 'web none     at c (/app/src/x.ts:3:1)']); // prettier-ignore
    page.close();
  });

  test('shows JSON as message and fields, and all of it when it is opened', async () => {
    const { page } = await openLogs(world);
    await expect.poll(() => page.lines.at(-1)).toBe('web warn d ms=5');
    page.send({ kind: 'open', line: 3, open: true });
    const details = () => page.rows.flatMap((row) => (row.kind === 'line' && row.details ? [row.details.map(({ text }) => text).join('')] : [])); // prettier-ignore
    await expect.poll(details).toEqual(['{\n  "level": "warn",\n  "msg": "d",\n  "ms": 5\n}']);
    page.close();
  });

  test('links only files of the workspace, and opens them at the line', async () => {
    const asked: (readonly string[])[] = [];
    const findInWorkspace = (paths: readonly string[]) => {
      asked.push(paths);
      return Promise.resolve('/work/src/x.ts');
    };
    const { page, t } = await openLogs(world, { findInWorkspace });
    const link = () => page.rows.flatMap((row) => (row.kind === 'line' ? row.parts : [])).find((part) => part.link !== undefined); // prettier-ignore
    await expect.poll(link).toEqual({ text: '/app/src/x.ts:3:1', link: 0 });
    expect(asked).toEqual([['app/src/x.ts', 'src/x.ts', 'x.ts']]);
    page.send({ kind: 'link', line: 2, link: 0 });
    expect(t.seen.at(-1)).toBe('line: /work/src/x.ts:2');
    page.send({ kind: 'link', line: 0, link: 0 });
    page.send({ kind: 'link', line: 2, link: 7 });
    expect(t.seen.filter((line) => line.startsWith('line: '))).toHaveLength(1);
    page.close();
  });

  test('copies rows, and sends all again when it is shown again', async () => {
    const { page, t } = await openLogs(world);
    await expect.poll(() => page.lines.length).toBe(4);
    page.send({ kind: 'copy', first: 0, last: 1 });
    expect(t.seen.at(-1)).toBe('copied: INFO a\nERROR b');
    page.hide();
    page.posted.length = 0;
    page.start();
    await expect.poll(() => page.lines.length).toBe(4);
    page.close();
  });
});

test('reports a logging driver that cannot be read', async () => {
  const { page, t } = open({ containers: [{ name: 'web', inspect: { HostConfig: { LogConfig: { Type: 'none' } } } }] }); // prettier-ignore
  const { engine } = t.world;
  engine.logLines = async function* () {
    throw await Promise.resolve(Object.assign(new Error('configured logging driver does not support reading'))); // prettier-ignore
  };
  await t.run(logs, 'web');
  page.start();
  await expect.poll(() => page.state?.problem).toBe("The logging driver 'none' of web cannot be read. Logs can be read with json-file, local or journald."); // prettier-ignore
  page.close();
});

test('start at the selected line, with timestamps if selected', async () => {
  const world = { containers: [{ name: 'web', logs: `${at(1)} one\n` }] };
  const { page, t } = open(world, {}, ['New lines only', 'Without timestamps']);
  await t.run(logsFrom, 'web');
  page.start();
  await expect.poll(() => page.state?.isReading).toBe(false);
  t.world.log('web', `${at(2)} two\n`);
  await expect.poll(() => page.lines).toEqual(['web none two']);
  expect(page.choices).toMatchObject({ range: 'new', timestamps: false });
  page.close();
});

const token = '0123456789abcdef';
const jupyter = `    http://127.0.0.1:8888/lab?token=${token}\n`;

test('offer the address with a token that a container prints, once', async () => {
  const ports = [{ container: 8888, host: 32768, address: '0.0.0.0', protocol: 'tcp' as const }];
  const { page, t } = await openLogs({
    containers: [{ name: 'lab', ports, logs: jupyter + jupyter }],
  });
  await expect
    .poll(() => t.seen.filter((line) => line.startsWith('info')))
    .toEqual(['info: lab serves a web page at http://localhost:32768/lab. [Open in Browser]']);
  t.world.log('lab', jupyter);
  await expect.poll(() => page.lines.length).toBe(3);
  expect(t.seen.filter((line) => line.startsWith('info'))).toHaveLength(1);
  page.close();
});
