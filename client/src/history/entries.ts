/** What happened to a container, from the events that the engine remembers and from inspect. */
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../engine/details.ts';
import type { Engine, EngineEvent } from '../engine/engine.ts';

export type EntryLevel = 'error' | 'warning' | 'good' | 'plain';

export interface HistoryEntry {
  readonly kind: 'exit' | 'start' | 'restart' | 'health' | 'memory' | 'other';
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: EntryLevel;
  readonly text: string;
  readonly detail?: string;
  /** Of an exit. */
  readonly exitCode?: number;
}

/** What an engine remembers is read from this long ago, in milliseconds; it keeps its last 256 events. */
const longestPast = 30 * 24 * 3_600_000;

/** Of past events, the engine answers at once, in milliseconds. */
const patience = 3_000;

/** The past events of a container, in the order of time; empty if the engine does not return them. */
export async function pastEvents(
  engine: Engine,
  id: string,
  now: number,
): Promise<readonly EngineEvent[]> {
  const found: EngineEvent[] = [];
  const nano = (time: number): string => `${String(Math.max(1, time))}000000`;
  try {
    const signal = AbortSignal.timeout(patience);
    for await (const event of engine.events(signal, nano(now - longestPast), nano(now + 1000))) {
      if (event.objectType === 'container' && event.id === id) found.push(event);
    }
  } catch {
    // The rest is known from inspect.
  }
  return found;
}

/** The latest first. */
export function historyOf(
  events: readonly EngineEvent[],
  details: ContainerDetails,
): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  let [isOutOfMemory, wasExited] = [false, false];
  let signal: string | undefined;
  for (const event of events) {
    const time = Math.floor(Number(BigInt(event.timeNano) / 1_000_000n));
    switch (event.action.split(':')[0]) {
      case 'oom':
        isOutOfMemory = true;
        entries.push({ kind: 'memory', time, level: 'error', text: t('out of memory'), detail: t('The kernel killed a process of the container.') }); // prettier-ignore
        break;
      case 'kill':
        ({ signal } = event);
        break;
      case 'die':
        entries.push(exitEntry(time, event.exitCode ?? 0, { isOutOfMemory, signal }));
        [isOutOfMemory, wasExited, signal] = [false, true, undefined];
        break;
      case 'start':
        entries.push(startEntry(time, wasExited));
        break;
      default:
        entries.push(...otherEntries(event, time));
    }
  }
  return [...entries, ...inspectedEntries(entries, details)].sort((a, b) => b.time - a.time);
}

interface ExitFacts {
  readonly isOutOfMemory: boolean;
  /** The signal that was sent to the container before, as a number. */
  readonly signal: string | undefined;
}

function exitEntry(
  time: number,
  exitCode: number,
  { isOutOfMemory, signal }: ExitFacts,
): HistoryEntry {
  // Codes above 128 are those of processes that a signal has ended; stopping and interrupting is not a failure.
  const isFailure = ![0, 130, 143].includes(exitCode) && (isOutOfMemory || signal === undefined);
  const sent = signal === undefined ? undefined : signalNames[signal];
  return {
    kind: 'exit',
    time,
    level: isFailure ? 'error' : 'plain',
    text: t('exited ({0})', exitCode),
    exitCode,
    ...detailOf(
      isOutOfMemory
        ? t('out of memory')
        : sent === undefined
          ? meaningOf(exitCode)
          : t('after {0}', sent),
    ),
  };
}

function detailOf(detail: string | undefined): Pick<HistoryEntry, 'detail'> {
  return detail === undefined ? {} : { detail };
}

const signalNames: Readonly<Record<string, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  9: 'SIGKILL',
  15: 'SIGTERM',
};

/** What shells and the engine mean by a code. */
function meaningOf(exitCode: number): string | undefined {
  switch (exitCode) {
    case 125:
    case 126:
      return t('the command could not be run');
    case 127:
      return t('the command was not found');
    case 134:
      return t('aborted (SIGABRT)');
    case 137:
      return t('killed (SIGKILL)');
    case 139:
      return t('segmentation fault (SIGSEGV)');
    default:
      return undefined;
  }
}

function startEntry(time: number, isRestart: boolean): HistoryEntry {
  return isRestart
    ? { kind: 'restart', time, level: 'plain', text: t('restarted') }
    : { kind: 'start', time, level: 'plain', text: t('started') };
}

function otherEntries({ action, name }: EngineEvent, time: number): readonly HistoryEntry[] {
  const other = { kind: 'other', time, level: 'plain' } as const;
  switch (action) {
    case 'health_status: unhealthy':
      return [{ kind: 'health', time, level: 'warning', text: t('unhealthy') }];
    case 'health_status: healthy':
      return [{ kind: 'health', time, level: 'good', text: t('healthy') }];
    case 'create':
      return [{ ...other, text: t('created') }];
    case 'pause':
      return [{ ...other, text: t('paused') }];
    case 'unpause':
      return [{ ...other, text: t('unpaused') }];
    case 'rename':
      return [{ ...other, text: t('renamed'), ...detailOf(name) }];
    case 'update':
      return [{ ...other, text: t('resource limits updated') }];
    default:
      return [];
  }
}

/** Milliseconds between the time of an event and that of inspect for the same. */
const sameTime = 2_000;

/** The last start and exit, if the engine no longer remembers their events. */
function inspectedEntries(
  entries: readonly HistoryEntry[],
  { running, startedAt, finishedAt, exitCode, outOfMemory }: ContainerDetails,
): readonly HistoryEntry[] {
  const isKnown = (time: number, ...kinds: readonly HistoryEntry['kind'][]): boolean =>
    entries.some((entry) => kinds.includes(entry.kind) && Math.abs(entry.time - time) < sameTime);
  const found: HistoryEntry[] = [];
  const [start, end] = [startedAt?.getTime(), finishedAt?.getTime()];
  if (start !== undefined && !isKnown(start, 'start', 'restart')) {
    found.push(startEntry(start, end !== undefined && end <= start));
  }
  if (end !== undefined && !isKnown(end, 'exit')) {
    // While it runs again, inspect no longer has the exit code.
    found.push(
      running
        ? { kind: 'exit', time: end, level: 'plain', text: t('exited') }
        : exitEntry(end, exitCode, { isOutOfMemory: outOfMemory, signal: undefined }),
    );
  }
  return found;
}

const hour = 3_600_000;

/** The most important fact of the last hour; undefined if nothing happened but a start. */
export function historySummary(
  entries: readonly HistoryEntry[],
  now: number,
): { readonly text: string; readonly level: EntryLevel } | undefined {
  const recent = entries.filter(({ time }) => time > now - hour);
  const count = recent.filter(({ kind }) => kind === 'restart').length;
  const lastExit = recent.find(({ kind }) => kind === 'exit');
  const isOutOfMemory = recent.some(({ kind, detail }) => kind === 'memory' || (kind === 'exit' && detail === t('out of memory'))); // prettier-ignore
  const code = lastExit?.exitCode === undefined ? undefined : t('exit code {0}', lastExit.exitCode);
  const why = joinWithComma(code, isOutOfMemory ? t('out of memory') : undefined);
  const level = isOutOfMemory || lastExit?.level === 'error' ? 'error' : 'plain';
  if (count > 0) {
    const restarts =
      count === 1 ? t('1 restart in the last hour') : t('{0} restarts in the last hour', count);
    return { text: joinWithComma(restarts, why), level: count > 2 ? 'error' : level };
  }
  const unhealthy = recent.filter(({ kind, level: one }) => kind === 'health' && one === 'warning');
  if (lastExit !== undefined)
    return { text: joinWithComma(lastExit.text, isOutOfMemory ? t('out of memory') : undefined), level }; // prettier-ignore
  if (unhealthy.length > 0) {
    return {
      text: t('unhealthy in the last hour: {0}×', unhealthy.length),
      level: 'warning',
    };
  }
  return undefined;
}

function joinWithComma(...parts: readonly (string | undefined)[]): string {
  const [first = '', ...others] = parts.filter((part) => part !== undefined && part !== '');
  return others.reduce<string>((text, part) => t('{0}, {1}', text, part ?? ''), first);
}
