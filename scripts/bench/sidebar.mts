/**
 * `npm run bench -- sidebar`: measures the sidebar with 1,000 containers and 2,000 tags against `docker ps -a` in the same
 * run, and its idle minutes against those of a window without Drydock. It uses the engine at DOCKER_HOST or starts one, and
 * removes everything that it creates.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { openWindow, type Window } from '../../test/ui/window.ts';
import { EngineObjects } from '../../test/ui/engine-objects.ts';
import { Cleanup } from '../setup/cleanup.mts';
import { engineAddress, engineVersion, startDaemon } from '../setup/engine.mts';
import { packVsix } from '../setup/vsix.mts';
import { extensionHost, residentMegabytes } from './processes.mts';

const containers = 1000;
const tags = 2000;
/** Requests that the engine answers in parallel without slowing down. */
const parallel = 8;
const rounds = 5;
/** Longer than the interval at which ages are updated. */
const idleSeconds = 61;
/** The unit of CPU times in /proc on Linux. */
const ticksASecond = 100;

/** All rows at the top level, in a known order. */
const flat = { 'drydock.containers.groupBy': 'none', 'drydock.containers.sortBy': 'name' };

interface Crowd {
  readonly docker: Docker;
  readonly names: readonly string[];
}

let renames = 0;
const cleanup = new Cleanup();
cleanup.onSignals();
try {
  await measure();
} finally {
  await cleanup.run();
}

async function measure(): Promise<void> {
  const socketPath = await engineSocket();
  const objects = new EngineObjects(socketPath);
  cleanup.add(() => objects.remove());
  const crowd = await crowdOn(objects);
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  process.env.DRYDOCK_VSIX ??= path.join(folder, 'drydock.vsix');
  if (process.env.DRYDOCK_VSIX.startsWith(folder)) await packVsix(process.env.DRYDOCK_VSIX);

  const host = `unix://${socketPath}`;
  const bare = await openWindow({ env: { DOCKER_HOST: host }, withoutExtension: true });
  cleanup.add(() => bare.close());
  const window = await openWindow({ env: { DOCKER_HOST: host }, settings: flat });
  cleanup.add(() => window.close());
  const extensions = await extensionHost(window);
  const hosts = { ours: extensions, bare: await extensionHost(bare) };
  const ps = await median(() => timed(() => dockerPs(host)));
  say(`docker ps -a of ${String(containers)} containers: ${ps.toFixed(0)} ms`);
  const before = await residentMegabytes(extensions);
  // Wait until VS Code has finished its deferred work after the start.
  await wait(idleSeconds * 1000);
  await idle('before the sidebar was opened', hosts);

  const painted = await timed(async () => {
    await window.openSideBar();
    await window.row(crowd.names[0] ?? '').waitFor();
  });
  report('from the click on the icon to the first row', painted, ps);
  const renamed = await median(() => renameSeen(window, crowd));
  report('from the end of docker rename to the row', renamed, ps);
  const held = (await residentMegabytes(extensions)) - before;
  say(`extension host: ${held.toFixed(0)} MB more than before the sidebar was opened`);

  const flatRow = window.page.locator('.sidebar').getByRole('treeitem', { name: /^crowd-\d+:\d/ });
  await window.command('Drydock: Group Images By…');
  report('from the choice to images without groups', await timed(() => pick('Nothing')), ps);
  await window.command('Drydock: Group Images By…');
  report('from the choice to images in groups', await timed(() => pick('Repository')), ps);
  async function pick(choice: string): Promise<void> {
    await window.pick(choice);
    await flatRow.first().waitFor({ state: choice === 'Nothing' ? 'visible' : 'detached' });
  }

  await idle('visible', hosts);
  await window.page.locator('.activitybar').getByRole('tab', { name: 'Explorer' }).click();
  await window.page.locator('.explorer-folders-view').first().waitFor();
  await idle('hidden', hosts);
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

async function crowdOn(objects: EngineObjects): Promise<Crowd> {
  const { docker } = objects;
  const image = await objects.image('crowd');
  const references = range(tags).map((at) => `crowd-${String(at % 50)}:${String(at)}`);
  await eachOf(references, (reference) => {
    const [repo = '', tag = ''] = reference.split(':');
    return docker.getImage(image).tag({ repo, tag });
  });
  cleanup.add(() =>
    eachOf(references, (reference) => docker.getImage(reference).remove({ force: true })),
  );
  const names = range(containers).map((at) => `crowd-${String(at).padStart(4, '0')}`);
  await eachOf(names, (name) => docker.createContainer({ name, Image: image, Cmd: ['sh'] }));
  cleanup.add(async () => {
    const all = await docker.listContainers({ all: true, filters: { ancestor: [image] } });
    await eachOf(all, ({ Id }) => docker.getContainer(Id).remove({ force: true }));
  });
  return { docker, names };
}

async function eachOf<T>(
  things: readonly T[],
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const rest = [...things];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next);
  };
  await Promise.all(range(parallel).map(worker));
}

/** Renames the container of the first row. */
async function renameSeen(window: Window, { docker, names }: Crowd): Promise<number> {
  const first = names[0] ?? '';
  const from = renames === 0 ? first : `${first}-${String(renames)}`;
  const to = `${first}-${String(++renames)}`;
  await docker.getContainer(from).rename({ name: to });
  return timed(() => window.row(`${to},`).waitFor());
}

async function dockerPs(host: string): Promise<void> {
  await promisify(execFile)('docker', ['--host', host, 'ps', '--all', '--quiet', '--no-trunc']);
}

/** The fields of /proc/PID/stat, counted from 0; the program name may contain spaces. */
async function stat(id: string): Promise<readonly string[]> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8');
  return [id, '', ...text.slice(text.lastIndexOf(')') + 2).split(' ')];
}

async function cpuSeconds(id: string): Promise<number> {
  const fields = await stat(id);
  return (Number(fields[13]) + Number(fields[14])) / ticksASecond;
}

/** The extension hosts of the window with Drydock and of the one without. */
interface Hosts {
  readonly ours: string;
  readonly bare: string;
}

/** The cost of a minute in which nothing happens, measured at the same time for both. */
async function idle(state: string, { ours, bare }: Hosts): Promise<void> {
  const spent = () => Promise.all([costOf(ours), costOf(bare)]);
  const before = await spent();
  await wait(idleSeconds * 1000);
  const after = await spent();
  const [own, without] = after.map(({ seconds, wakes }, at) => {
    const cpu = seconds - (before[at]?.seconds ?? 0);
    const percent = ((100 * cpu) / idleSeconds).toFixed(2);
    const times = String(wakes - (before[at]?.wakes ?? 0));
    return `${cpu.toFixed(2)} s of CPU (${percent} %), wakeups: ${times}`;
  });
  say(`extension host, one idle minute ${state}: ${own ?? ''}; without Drydock: ${without ?? ''}`);
}

interface Cost {
  readonly seconds: number;
  /** Wakeups of its main thread, which show repeated work even on a busy machine. */
  readonly wakes: number;
}

async function costOf(id: string): Promise<Cost> {
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  const wakes = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN);
  return { seconds: await cpuSeconds(id), wakes };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function median(measureOnce: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  while (times.length < rounds) times.push(await measureOnce());
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function report(what: string, time: number, ps: number): void {
  say(`${what}: ${time.toFixed(0)} ms, ${(time / ps).toFixed(1)} times docker ps -a`);
}

function say(text: string): void {
  console.log(`sidebar, ${String(containers)} containers, ${String(tags)} tags: ${text}`);
}
