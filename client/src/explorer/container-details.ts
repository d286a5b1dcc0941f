/** What only `inspect` tells of a container, for its tooltip: what is mounted in it, and whether it comes back by itself. */
import { t } from '@vscode/l10n';
import type { ContainerDetails, MountPoint } from '../engine/details.ts';
import { joinDetails } from '../ui/format.ts';

/** More than a tooltip shows at once. */
const most = 12;

/** Rows for the tooltip's table: names and values. */
export function detailRows(
  details: ContainerDetails,
): readonly (readonly [name: string, value: string | undefined])[] {
  return [
    ...mountRows([
      ...details.mounts,
      // Those of `--tmpfs` are not among the mounts.
      ...Object.keys(details.host.Tmpfs ?? {}).map((destination) => ({ ...tmpfs, destination })),
    ]),
    [t('Restarts'), restartWords(details)],
    [t('Restarted'), details.restartCount > 0 ? t('{0} times', details.restartCount) : undefined],
  ];
}

const tmpfs = { type: 'tmpfs', name: '', source: '', readOnly: false };

/** A row each: what lies where, and whether it can be written. */
function mountRows(mounts: readonly MountPoint[]): readonly (readonly [string, string])[] {
  const sorted = mounts.toSorted((a, b) => (a.destination < b.destination ? -1 : 1));
  const rows = sorted.slice(0, most).map((mount): [string, string] => [kindOf(mount), told(mount)]);
  const more = mounts.length - rows.length;
  return more > 0 ? [...rows, [t('Mounts'), t('{0} more', more)]] : rows;
}

function kindOf({ type }: MountPoint): string {
  switch (type) {
    case 'bind':
      return t('Mounted folder');
    case 'volume':
      return t('Volume');
    default:
      return type === '' ? 'tmpfs' : type;
  }
}

function told({ type, name, source, destination, readOnly }: MountPoint): string {
  const from = type === 'volume' && name !== '' ? volumeName(name) : source;
  const way = from === '' ? destination : `${from} → ${destination}`;
  return joinDetails(way, readOnly ? t('read-only') : undefined);
}

/** Of those that nobody named, enough to tell them apart. */
function volumeName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? t('{0} (no name)', name.slice(0, 12)) : name;
}

function restartWords({ host }: ContainerDetails): string | undefined {
  const { Name, MaximumRetryCount = 0 } = host.RestartPolicy ?? {};
  switch (Name) {
    case 'always':
      return t('always, also when the engine starts');
    case 'unless-stopped':
      return t('always, unless it was stopped');
    case 'on-failure':
      return Number(MaximumRetryCount) > 0
        ? t('when it fails, {0} times at most', String(MaximumRetryCount))
        : t('when it fails');
    case 'no':
    case '':
      return t('never by itself');
    default:
      return undefined;
  }
}
