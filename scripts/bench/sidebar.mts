/**
 * `npm run bench -- sidebar`: measures the sidebar with 1,000 containers and 2,000 tags against `docker ps -a` in the same
 * run, and its idle minutes against those of a window without Drydock. It uses the engine at DOCKER_HOST or starts one, and
 * removes everything that it creates. The last line of its output is the median of the runs as JSON. `--containers 200
 * --tags 400 --idle 0 --runs 1` is a short form; `--profile FOLDER` writes CPU profiles and heap snapshots.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { EngineObjects } from '../../test/ui/engine-objects.ts';
import { openWindow, type Window } from '../../test/ui/window.ts';
import { Cleanup } from '../setup/cleanup.mts';
import { engineAddress, engineVersion, startDaemon } from '../setup/engine.mts';
import { packVsix } from '../setup/vsix.mts';
import { createCrowd, dockerPs, type Crowd } from './crowd.mts';
import { idleCost, type IdleCost } from './idle-cost.mts';
import { extensionHost, residentMegabytes } from './processes.mts';
import { profiled, snapshot } from './profiles.mts';

const { values: given } = parseArgs({
  // The name of the benchmark is an argument too.
  allowPositionals: true,
  options: {
    containers: { type: 'string', default: '1000' },
    tags: { type: 'string', default: '2000' },
    /** Seconds; longer than the interval at which ages are updated. */
    idle: { type: 'string', default: '61' },
    runs: { type: 'string', default: '3' },
    profile: { type: 'string' },
  },
});
const containers = Number(given.containers);
const tags = Number(given.tags);
const idleSeconds = Number(given.idle);
const rounds = 5;
/** Milliseconds after an event until nothing more is done because of it. */
const settled = 5_000;

/**
 * For all windows. By default, the extension host of a remote window looks for ports in the files of all processes, again and
 * again: more than a second of CPU in a minute, which varies more than what an extension costs.
 */
const withoutPortScan = { 'remote.autoForwardPortsSource': 'output' };

/** All rows at the top level, in a known order. */
const flat = {
  ...withoutPortScan,
  'drydock.containers.groupBy': 'none',
  'drydock.containers.sortBy': 'name',
};

/** The figures of a run, as the last line of the output names them. */
interface Figures {
  /** From the click on the icon to the first row, as a multiple of `docker ps -a`. */
  readonly firstRow: number;
  /** From the end of `docker rename` to the row. */
  readonly renameMs: number;
  /** Resident memory of the extension host, compared with before the sidebar was opened. */
  readonly mib: number;
  /** Seconds of CPU in an idle minute, without those of a window without Drydock. */
  readonly idleVisibleS: number;
  readonly idleHiddenS: number;
}

const cleanup = new Cleanup();
await cleanup.during(measureAll);

async function measureAll(): Promise<void> {
  const socketPath = await engineSocket();
  const objects = new EngineObjects(socketPath);
  cleanup.add(() => objects.remove());
  const crowd = await createCrowd(objects, { containers, tags, cleanup });
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  process.env.DRYDOCK_VSIX ??= path.join(folder, 'drydock.vsix');
  if (process.env.DRYDOCK_VSIX.startsWith(folder)) await packVsix(process.env.DRYDOCK_VSIX);

  const host = `unix://${socketPath}`;
  const bare = await openWindow({
    env: { DOCKER_HOST: host },
    settings: withoutPortScan,
    withoutExtension: true,
  });
  cleanup.add(() => bare.close());
  const bareHost = await extensionHost(bare);
  const all: Figures[] = [];
  for (let run = 1; run <= Number(given.runs); run++) {
    if (Number(given.runs) > 1) console.log(`run ${String(run)}`);
    all.push(await measure(crowd, host, bareHost));
  }
  const names = ['firstRow', 'renameMs', 'mib', 'idleVisibleS', 'idleHiddenS'] as const;
  const medians = names.map((name) => [name, rounded(medianOf(all.map((one) => one[name])))]);
  console.log(JSON.stringify(Object.fromEntries(medians)));
}

/** Measures a new window. */
async function measure(crowd: Crowd, host: string, bare: string): Promise<Figures> {
  const window = await openWindow({ env: { DOCKER_HOST: host }, settings: flat });
  const close = cleanup.add(() => window.close());
  const hosts = { ours: await extensionHost(window), bare };
  // Wait until VS Code has finished its deferred work after the start.
  await wait(idleSeconds * 1000);
  const before = await residentMegabytes(hosts.ours);
  await idle('before the sidebar was opened', hosts);
  const ps = await median(() => timed(() => dockerPs(host)));
  say(`docker ps -a of ${String(containers)} containers: ${ps.toFixed(0)} ms`);

  const painted = await inHost(hosts.ours, 'first-row', () =>
    untilDrawn(window, crowd.first(), async () => {
      const clicked = nextClick(window);
      await window.openSideBar();
      return clicked;
    }),
  );
  report('from the click on the icon to the first row', painted, ps);
  const renameMs = await inHost(hosts.ours, 'rename', () =>
    median(() =>
      untilDrawn(window, `${crowd.nextName()},`, async () => {
        await crowd.renameFirst();
        return Date.now();
      }),
    ),
  );
  report('from the end of docker rename to the row', renameMs, ps);
  const mib = (await residentMegabytes(hosts.ours)) - before;
  say(`extension host: ${mib.toFixed(0)} MB more than before the sidebar was opened`);

  await measureImages(window, crowd, ps);
  // The lists are read once more after the last events, which is a part of their cost.
  await wait(settled);
  const visible = await inHost(hosts.ours, 'idle', () => idle('visible', hosts));
  if (given.profile !== undefined) await snapshot(hosts.ours, given.profile, 'visible');
  await window.page.locator('.activitybar').getByRole('tab', { name: 'Explorer' }).click();
  await window.page.locator('.explorer-folders-view').first().waitFor();
  const hidden = await idle('hidden', hosts);
  close();
  await window.close();
  const firstRow = painted / ps;
  return { firstRow, renameMs, mib, idleVisibleS: visible, idleHiddenS: hidden };
}

async function measureImages(window: Window, crowd: Crowd, ps: number): Promise<void> {
  const flatRow = window.page.locator('.sidebar').getByRole('treeitem', { name: /^crowd-\d+:\d/ });
  await window.command('Drydock: Group Images By…');
  report('from the choice to images without groups', await timed(() => pick('None')), ps);
  const tagged = await inHost(await extensionHost(window), 'tag', () =>
    median(() =>
      untilDrawn(window, `${crowd.nextTag()},`, async () => {
        await crowd.tagFirst();
        return Date.now();
      }),
    ),
  );
  report('from the end of docker tag to the row', tagged, ps);
  await window.command('Drydock: Group Images By…');
  report('from the choice to images in groups', await timed(() => pick('Repository')), ps);
  await crowd.removeTags();
  async function pick(choice: string): Promise<void> {
    await window.pick(choice);
    await flatRow.first().waitFor({ state: choice === 'None' ? 'visible' : 'detached' });
  }
}

/** Does work while the extension host is profiled, if that was requested. */
async function inHost<T>(id: string, name: string, work: () => Promise<T>): Promise<T> {
  return given.profile === undefined ? work() : profiled(id, { folder: given.profile, name }, work);
}

/** The cost of a minute in which nothing happens: seconds of CPU more than without Drydock. */
async function idle(
  state: string,
  { ours, bare }: { readonly ours: string; readonly bare: string },
): Promise<number> {
  if (idleSeconds === 0) return 0;
  const [own, without] = await idleCost([ours, bare], idleSeconds);
  const text = ({ seconds, wakes }: IdleCost): string =>
    `${seconds.toFixed(2)} s of CPU, wakeups: ${String(wakes)}`;
  say(`extension host, one idle minute ${state}: ${text(own)}; without Drydock: ${text(without)}`);
  return own.seconds - without.seconds;
}

/** The socket of the running engine, or of one that is stopped at the end. */
async function engineSocket(): Promise<string> {
  const address = engineAddress();
  if (address && 'socketPath' in address && (await engineVersion(address)) !== undefined) {
    return address.socketPath;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-engine-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const daemon = await startDaemon({ socket: path.join(folder, 'docker.sock'), secluded: true });
  cleanup.add(() => daemon.stop());
  return daemon.socket;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Milliseconds until a row is drawn, from the time that the work resolves to, in milliseconds since 1970. The page itself takes
 * the time: Playwright looks for a row after 20, 70, 170, 270, 770 and 1,270 ms.
 */
async function untilDrawn(
  window: Window,
  label: string,
  work: () => Promise<number>,
): Promise<number> {
  const drawn = window.page.evaluate<number>(`new Promise((resolve) => {
    const rows = () => [...document.querySelectorAll('.sidebar [role=treeitem]')];
    const isLabel = (text) => text !== null && text.startsWith(${JSON.stringify(label)});
    const look = () => {
      if (!rows().some((row) => isLabel(row.getAttribute('aria-label')))) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['aria-label'],
    });
    look();
  })`);
  const [time, start] = await Promise.all([drawn, work()]);
  return time - start;
}

/**
 * The time of the next click in the page, in milliseconds since 1970. Before Playwright clicks, it waits until the icon does
 * not move and can be clicked.
 */
function nextClick(window: Window): Promise<number> {
  return window.page.evaluate<number>(`new Promise((resolve) => {
    const clicked = (event) => resolve(performance.timeOrigin + event.timeStamp);
    addEventListener('mousedown', clicked, { capture: true, once: true });
  })`);
}

async function median(measureOnce: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  while (times.length < rounds) times.push(await measureOnce());
  return medianOf(times);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

function report(what: string, time: number, ps: number): void {
  say(`${what}: ${time.toFixed(0)} ms, ${(time / ps).toFixed(1)} times docker ps -a`);
}

function say(text: string): void {
  console.log(`sidebar, ${String(containers)} containers, ${String(tags)} tags: ${text}`);
}
