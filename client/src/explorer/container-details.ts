/** Details of a container that only `inspect` has, for its tooltip: mounts and restart policy. */
import { t } from '@vscode/l10n';
import type { ContainerDetails, MountPoint } from '../engine/details.ts';
import { joinDetails } from '../ui/format.ts';

/** A tooltip has room for about this many. */
const maxMounts = 12;

/** Rows for the table in the tooltip: names and values. */
export function detailRows(
  details: ContainerDetails,
): readonly (readonly [name: string, value: string | undefined])[] {
  return [
    ...mountRows([
      ...details.mounts,
      // Mounts of `--tmpfs` are not among them.
      ...Object.keys(details.host.Tmpfs ?? {}).map((destination) => ({ ...tmpfs, destination })),
    ]),
    [t('Restart policy'), restartPolicyText(details)],
    [t('Restart count'), details.restartCount > 0 ? String(details.restartCount) : undefined],
  ];
}

const tmpfs = { type: 'tmpfs', name: '', source: '', readOnly: false };

/** One row per mount: source, destination and whether it is read-only. */
function mountRows(mounts: readonly MountPoint[]): readonly (readonly [string, string])[] {
  const sorted = mounts.toSorted((a, b) => (a.destination < b.destination ? -1 : 1));
  const rows = sorted
    .slice(0, maxMounts)
    .map((mount): [string, string] => [mountTypeName(mount), mountText(mount)]);
  const more = mounts.length - rows.length;
  return more > 0 ? [...rows, [t('Mounts'), t('{0} more', more)]] : rows;
}

function mountTypeName({ type }: MountPoint): string {
  switch (type) {
    case 'bind':
      return t('Bind mount');
    case 'volume':
      return t('Volume');
    default:
      return type === '' ? 'tmpfs' : type;
  }
}

function mountText({ type, name, source, destination, readOnly }: MountPoint): string {
  const from = type === 'volume' && name !== '' ? volumeName(name) : source;
  const path = from === '' ? destination : `${from} → ${destination}`;
  return joinDetails(path, readOnly ? t('read-only') : undefined);
}

/** Anonymous volumes have 64-digit names; the first 12 digits are enough to distinguish them. */
function volumeName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? t('{0} (anonymous)', name.slice(0, 12)) : name;
}

function restartPolicyText({ host }: ContainerDetails): string | undefined {
  const { Name, MaximumRetryCount = 0 } = host.RestartPolicy ?? {};
  switch (Name) {
    case 'always':
      return t('always, including when the engine starts');
    case 'unless-stopped':
      return t('always, unless stopped manually');
    case 'on-failure':
      return Number(MaximumRetryCount) > 0
        ? t('on failure, maximum retries: {0}', String(MaximumRetryCount))
        : t('on failure');
    case 'no':
    case '':
      return t('never');
    default:
      return undefined;
  }
}
