/** Rows that say what happened to a container: its exit with code, signal and reason, its restart, its removal. */
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../engine/details.ts';
import { ageBetween, formatDuration, formatSize, joinDetails } from '../ui/format.ts';
import type { MarkerAction, MarkerRow } from './page.ts';

/** What a marker shows, without its place. */
export interface Marker extends Pick<MarkerRow, 'icon' | 'title' | 'detail' | 'actions'> {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Whether it marks an exit or a restart. */
  readonly isRestart: boolean;
}

export interface Exit {
  readonly time: number;
  readonly code: number;
  readonly isOutOfMemory: boolean;
  /** The number of the signal that the engine sent, if it did. */
  readonly signal?: number;
}

/** `details` is absent if the container does not exist any more. */
export function exitMarker(
  name: string,
  { time, code, isOutOfMemory, signal }: Exit,
  { details, startedAt }: { readonly details?: ContainerDetails | undefined; readonly startedAt?: number | undefined }, // prettier-ignore
): Marker {
  const number = code > 128 && code < 193 ? code - 128 : signal;
  const killed = number === undefined ? undefined : signalName(number);
  const exited = t('{0} exited ({1})', name, code);
  const title = isOutOfMemory
    ? t('{0}, out of memory', exited)
    : killed !== undefined && code !== 0
      ? t('{0}, killed by {1}', exited, killed)
      : exited;
  const limit = Number(details?.host.Memory ?? 0);
  const ran = startedAt === undefined || startedAt > time ? undefined : formatDuration(ageBetween(new Date(startedAt), new Date(time))); // prettier-ignore
  const limits: Marker['actions'] = isOutOfMemory ? [{ name: 'limits', label: t('Update Resource Limits…') }] : []; // prettier-ignore
  return {
    time,
    icon: code === 0 ? 'pass' : 'error',
    title,
    detail: joinDetails(
      limit > 0 && isOutOfMemory ? t('limit {0}', formatSize(limit)) : undefined,
      ran === undefined ? undefined : t('ran {0}', ran),
    ),
    actions: details === undefined ? [] : [...limits, inspectAction()],
    isRestart: true,
  };
}

function inspectAction(): { readonly name: MarkerAction; readonly label: string } {
  return { name: 'inspect', label: t('Inspect') };
}

/** `wasRecreated`: another container has taken its place. */
export function startMarker(
  name: string,
  time: number,
  { details, kind }: { readonly details?: ContainerDetails | undefined; readonly kind: 'started' | 'restarted' | 'recreated' }, // prettier-ignore
): Marker {
  const titles = {
    started: t('{0} started', name),
    restarted: t('{0} restarted', name),
    recreated: t('{0} was created again', name),
  };
  const policy = details?.host.RestartPolicy?.Name;
  const restarts = details?.restartCount ?? 0;
  return {
    time,
    icon: 'refresh',
    title: titles[kind],
    detail: joinDetails(
      restarts > 0 ? t('restart {0}', restarts) : undefined,
      policy === undefined || policy === '' || policy === 'no' ? undefined : t('policy {0}', policy), // prettier-ignore
    ),
    actions: [],
    isRestart: true,
  };
}

export function removalMarker(name: string, time: number): Marker {
  return {
    time,
    icon: 'trash',
    title: t('{0} was removed', name),
    detail: t('its lines stay here until the view is closed'),
    actions: [],
    isRestart: false,
  };
}

/** The names of signals in Linux. */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

function signalName(number: number): string {
  return signals[number] ?? t('signal {0}', number);
}
