/**
 * `npm run bench -- logs-window [lines] [containers]`: a log that containers write as fast as they can, followed in VS Code in a
 * browser. Measures how long the window and the page do nothing else, and how long it takes from a click into the scroll bar until
 * the lines of that place are drawn, while the log is written; in comparison with the same page before. The last line is JSON.
 * Milliseconds: the median, the 99th percentile and the largest value. On a busy machine a page also waits for a processor, so
 * that the longest task of the page is measured in processor time, too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { EngineObjects } from '../../test/ui/engine-objects.ts';
import { openWindow, type Window } from '../../test/ui/window.ts';
import { Cleanup } from '../setup/cleanup.mts';
import { build, packVsix } from '../setup/vsix.mts';
import { extensionHost, poll, residentMegabytes } from './processes.mts';

const [lines = 1_000_000, containers = 1] = process.argv.slice(2).map(Number);
const quietSeconds = 5;

/** In a page: notes how late a timer is, and how long it takes until lines are drawn after a click into the scroll bar. */
const watcher = `(() => {
  const delays = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - last - 10));
    last = now;
  }, 10);
  const answers = [];
  let isEnded = false;
  const list = document.querySelector('.lines');
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const isDrawn = () => {
    const { top, bottom } = list.getBoundingClientRect();
    const rows = [...list.querySelectorAll('.view > *')].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
    return rows.length > 10 && rows.every((row) => row.textContent !== '');
  };
  const click = (fraction) => {
    const bar = list.querySelector('.sb');
    bar.setPointerCapture = () => undefined;
    const { left, top, height } = bar.getBoundingClientRect();
    const place = { clientX: left + 2, clientY: top + fraction * height, pointerId: 1, bubbles: true };
    bar.dispatchEvent(new PointerEvent('pointerdown', place));
    bar.dispatchEvent(new PointerEvent('pointerup', place));
  };
  const play = async () => {
    for (let round = 0; !isEnded; round++) {
      const began = performance.now();
      click(0.1 + 0.8 * ((round * 0.37) % 1));
      await frame();
      while (!isDrawn() && performance.now() - began < 10_000) await frame();
      answers.push(performance.now() - began);
      list.querySelector('.view').dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
      await new Promise((next) => setTimeout(next, 200));
    }
  };
  if (list) void play();
  globalThis.endWatch = () => {
    isEnded = true;
    clearInterval(timer);
    return { delays, answers };
  };
})()`;

interface Watched {
  readonly delays: readonly number[];
  readonly answers: readonly number[];
}

const cleanup = new Cleanup();
await cleanup.during(measure);

async function measure(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-logs-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  if (process.env.DRYDOCK_VSIX === undefined) {
    await build();
    process.env.DRYDOCK_VSIX = path.join(folder, 'drydock.vsix');
    await packVsix(process.env.DRYDOCK_VSIX);
  }
  const objects = new EngineObjects();
  cleanup.add(() => objects.remove());
  const socket = await objects.socket();
  const project = `logs${process.pid.toString(36)}`;
  const names = await createWriters(objects, project);
  const window = await openWindow({ env: { DOCKER_HOST: `unix://${socket}` } });
  cleanup.add(() => window.close());
  const host = await extensionHost(window);
  await window.openSideBar();
  await window.row('writer0').waitFor();
  await window.chooseOnRow(window.row(project), /^Logs$/);
  const page = await pageFrame(window);
  await page.locator('.l').nth(20).waitFor();
  const before = await residentMegabytes(host);
  const quiet = await watch(window, page, () => new Promise((done) => setTimeout(done, quietSeconds * 1000))); // prettier-ignore
  let peak = before;
  const memory = setInterval(() => {
    void residentMegabytes(host).then((now) => (peak = Math.max(peak, now)));
  }, 200);
  const started = performance.now();
  const tasks = await traceTasks(window);
  const busy = await watch(window, page, async () => {
    for (const name of names) await objects.docker.getContainer(name).kill({ signal: 'USR1' });
    await untilRead(page);
  });
  clearInterval(memory);
  const longestTask = await tasks();
  const seconds = (performance.now() - started) / 1000;
  report('At rest', quiet);
  report('While it is written', busy);
  console.log(`The longest task took ${longestTask.toFixed(0)} ms of processor time`);
  const result = {
    lines,
    containers,
    seconds,
    mib: ((peak - before) * 1e6) / 1024 / 1024,
    window: figures(busy.window.delays),
    page: figures(busy.page.delays),
    answers: figures(busy.page.answers),
    longestTask,
  };
  console.log(JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(1)) : value))); // prettier-ignore
}

/** Containers of a compose project that write their lines when they receive USR1. */
async function createWriters(objects: EngineObjects, project: string): Promise<readonly string[]> {
  const image = await objects.image('bench-logs');
  const each = Math.ceil(lines / containers);
  const names = Array.from({ length: containers }, (_, at) => `${project}-writer${at}-1`);
  for (const [at, name] of names.entries()) {
    const script = `echo; trap 'awk "BEGIN { for (i = 1; i <= ${each}; i++) printf \\"2026-01-02 03:04:05,123 %-5s com.example.shop.Payments - line %08d of a customer was processed at last\\\\n\\", i % 10 ? \\"INFO\\" : \\"ERROR\\", i }"' USR1
seq 1 2000; while :; do sleep 0.1; done`;
    const created = await objects.docker.createContainer({
      name,
      Image: image,
      Cmd: ['sh', '-c', script],
      Labels: { 'com.docker.compose.project': project, 'com.docker.compose.service': `writer${at}` }, // prettier-ignore
      HostConfig: { LogConfig: { Type: 'json-file', Config: {} } },
    });
    await created.start();
  }
  return names;
}

async function pageFrame(window: Window): Promise<Frame> {
  await window.webview().locator('.lines').waitFor();
  return poll('The page does not open.', async () => {
    for (const frame of window.page.frames())
      if ((await frame.locator('.lines').count()) > 0) return frame;
    return undefined;
  });
}

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Records the tasks of the browser; what it resolves to ends that, and resolves to the longest one of a page in milliseconds. */
async function traceTasks(window: Window): Promise<() => Promise<number>> {
  const session = await window.page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('The browser cannot be traced.');
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[]))); // prettier-ignore
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel'] } }); // prettier-ignore
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
    const isPage = ({ ph, name, args }: TraceEvent): boolean =>
      ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain';
    const pages = new Set(events.filter(isPage).map(threadOf));
    const times = events.filter((event) => event.ph === 'X' && pages.has(threadOf(event)));
    return Math.max(0, ...times.map(({ tdur = 0 }) => tdur / 1000));
  };
}

/** Resolves when the page counts all lines. */
async function untilRead(page: Frame): Promise<void> {
  const expected = Math.ceil(lines / containers) * containers;
  const text = `[...document.querySelectorAll('.stat span')].map((one) => one.textContent).join(' ')`;
  for (const deadline = performance.now() + 300_000; performance.now() < deadline;) {
    const shown = await page.evaluate<string>(text);
    const count = Number(/([\d,]+) lines/.exec(shown)?.[1]?.replaceAll(',', '') ?? 0);
    if (count >= expected) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('The lines do not arrive.');
}

async function watch(
  window: Window,
  page: Frame,
  work: () => Promise<void>,
): Promise<{ readonly window: Watched; readonly page: Watched }> {
  await window.page.evaluate(watcher);
  await page.evaluate(watcher);
  await work();
  return {
    page: await page.evaluate<Watched>('endWatch()'),
    window: await window.page.evaluate<Watched>('endWatch()'),
  };
}

/** The median, the 99th percentile and the largest value. */
function figures(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.5, 0.99, 1].map(
    (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0,
  );
}

function report(when: string, { window, page }: Awaited<ReturnType<typeof watch>>): void {
  const text = (values: readonly number[]): string =>
    figures(values)
      .map((value) => value.toFixed(0))
      .join(', ');
  console.log(
    `${when} (median, 99th percentile, largest): the window is busy for ${text(window.delays)} ms, ` +
      `the page for ${text(page.delays)} ms; ${page.answers.length} places drawn after ${text(page.answers)} ms`,
  );
}
