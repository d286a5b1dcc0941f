/**
 * `npm run bench -- day [hours]`: the memory of the extension host and of the language server over simulated hours of work
 * with a real engine and VS Code in a browser. It starts an engine of its own, so it requires root and dockerd.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineObjects } from '../../test/ui/engine-objects.ts';
import { EngineProxy } from '../../test/ui/engine-proxy.ts';
import { openWindow, type Window } from '../../test/ui/window.ts';
import { Cleanup } from '../setup/cleanup.mts';
import { startDaemon } from '../setup/engine.mts';
import { build, packVsix } from '../setup/vsix.mts';
import { filesOfDay, playHour, type Day } from './day-hour.mts';
import {
  descendants,
  extensionHost,
  heapReport,
  openFiles,
  poll,
  processOf,
  residentMegabytes,
} from './processes.mts';

const root = path.resolve(import.meta.dirname, '../..');
const dockerfiles = path.join(root, 'test/fixtures/dockerfiles');

/** The state after an hour. Memory is in megabytes. */
interface Measure {
  readonly hour: number;
  /** Resident memory and, after a garbage collection, the heap of the extension host. */
  readonly host: number;
  readonly hostHeap: number;
  readonly server: number;
  readonly serverHeap: number;
  readonly children: number;
  readonly connections: number;
  readonly files: number;
  readonly resources: number;
  readonly temporary: number;
}

const columns: readonly (readonly [keyof Measure, string])[] = [
  ['hour', 'hour'],
  ['host', 'host MB'],
  ['hostHeap', 'heap MB'],
  ['server', 'server MB'],
  ['serverHeap', 'heap MB'],
  ['children', 'processes'],
  ['connections', 'connections'],
  ['files', 'open files'],
  ['resources', 'resources'],
  ['temporary', 'temporary'],
];

const cleanup = new Cleanup();
await cleanup.during(() => measureDay(Number(process.argv[2] ?? 8)));

async function measureDay(hours: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-day-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  await pack(path.join(folder, 'drydock.vsix'));
  const day = await startDay(path.join(folder, 'docker.sock'));
  const host = await extensionHost(day.window);
  await day.window.openFile('edited.Dockerfile');
  const server = await processOf(host, 'dist/server.js');
  console.log(columns.map(([, title]) => title.padStart(12)).join(''));
  const measures: Measure[] = [];
  for (let hour = 0; hour <= hours; hour++) {
    if (hour > 0) await playHour(day, hour).catch((error: unknown) => fail(day, error));
    const measured = await measure(hour, { ...day, host, server });
    measures.push(measured);
    console.log(columns.map(([name]) => format(measured[name]).padStart(12)).join(''));
  }
  console.log(JSON.stringify({ measures }, (_, value: unknown) => rounded(value)));
}

/** Leaves a screenshot and the logs. */
async function fail({ window }: Day, error: unknown): Promise<never> {
  await window.saveFailure('day');
  throw error;
}

async function pack(file: string): Promise<void> {
  if (process.env.DRYDOCK_VSIX) return;
  await build();
  await packVsix(file);
  process.env.DRYDOCK_VSIX = file;
}

async function startDay(socket: string): Promise<Day> {
  const daemon = await startDaemon({ socket, secluded: true });
  cleanup.add(() => daemon.stop());
  const objects = new EngineObjects(socket);
  cleanup.add(() => objects.remove());
  const image = await objects.image('work');
  const web = await objects.container('web', image);
  const proxy = await EngineProxy.start(socket);
  cleanup.add(() => proxy.close());
  const window = await openWindow({
    copyOf: dockerfiles,
    files: filesOfDay(image),
    env: { DOCKER_HOST: proxy.address },
    settings: { 'editor.acceptSuggestionOnEnter': 'off', 'files.autoSave': 'off' },
  });
  cleanup.add(() => window.close());
  const names = await readdir(dockerfiles);
  return {
    ...{ window, objects, proxy, image, web },
    dockerfiles: names.filter((name) => name.endsWith('.Dockerfile')),
  };
}

interface Measured extends Day {
  readonly host: string;
  readonly server: string;
}

async function measure(hour: number, { window, proxy, host, server }: Measured): Promise<Measure> {
  // Requests may still be running; what stays open is reported.
  await poll('', () => proxy.openConnections <= 1 || undefined).catch(() => undefined);
  const hostReport = await heapReport(host);
  const serverReport = await heapReport(server);
  return {
    hour,
    host: await residentMegabytes(host),
    hostHeap: hostReport.heap / 1e6,
    server: await residentMegabytes(server),
    serverHeap: serverReport.heap / 1e6,
    children: (await descendants(host)).length,
    connections: proxy.openConnections,
    files: await openFiles(host),
    resources: hostReport.resources.length,
    temporary: await temporaryFiles(window),
  };
}

/** How many files the window has in its temporary directory. */
async function temporaryFiles({ workspace }: Window): Promise<number> {
  const folder = path.dirname(workspace);
  const own = (await readdir(folder)).filter(
    (name) => !['workspace', 'data', 'ext'].includes(name),
  );
  return own.length;
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}
