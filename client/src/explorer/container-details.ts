/** What only `inspect` tells of a container, for its tooltip: what is mounted in it, and whether it comes back by itself. */
import { t } from '@vscode/l10n';
import { joined } from '../ui/format.ts';

export interface ContainerDetails {
  readonly RestartCount?: number;
  readonly HostConfig?: {
    readonly Tmpfs?: Readonly<Record<string, string>> | null;
    readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: number };
  };
  readonly Mounts?: readonly RawMount[] | null;
}

export interface RawMount {
  readonly Type?: string;
  /** Of a volume. */
  readonly Name?: string;
  readonly Source?: string;
  readonly Destination?: string;
  readonly RW?: boolean;
}

/** More than a tooltip shows at once. */
const most = 12;

/** Rows for the tooltip's table: names and values. */
export function detailRows(
  details: ContainerDetails,
): readonly (readonly [name: string, value: string | undefined])[] {
  return [
    ...mountRows([
      ...(details.Mounts ?? []),
      // Those of `--tmpfs` are not among the mounts.
      ...Object.keys(details.HostConfig?.Tmpfs ?? {}).map((Destination) => ({ Destination })),
    ]),
    [t('Restarts'), restartWords(details)],
    [t('Restarted'), details.RestartCount ? t('{0} times', details.RestartCount) : undefined],
  ];
}

/** A row each: what lies where, and whether it can be written. */
function mountRows(mounts: readonly RawMount[]): readonly (readonly [string, string])[] {
  const sorted = mounts.toSorted((a, b) =>
    (a.Destination ?? '') < (b.Destination ?? '') ? -1 : 1,
  );
  const rows = sorted.slice(0, most).map((mount): [string, string] => [kindOf(mount), told(mount)]);
  const more = mounts.length - rows.length;
  return more > 0 ? [...rows, [t('Mounts'), t('{0} more', more)]] : rows;
}

function kindOf({ Type }: RawMount): string {
  switch (Type) {
    case 'bind':
      return t('Mounted folder');
    case 'volume':
      return t('Volume');
    default:
      return Type ?? 'tmpfs';
  }
}

function told({ Type, Name, Source = '', Destination = '', RW }: RawMount): string {
  const from = Type === 'volume' && Name ? volumeName(Name) : Source;
  const way = from === '' ? Destination : `${from} → ${Destination}`;
  return joined(way, RW === false ? t('read-only') : undefined);
}

/** Of those that nobody named, enough to tell them apart. */
function volumeName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? t('{0} (no name)', name.slice(0, 12)) : name;
}

function restartWords({ HostConfig }: ContainerDetails): string | undefined {
  const { Name, MaximumRetryCount = 0 } = HostConfig?.RestartPolicy ?? {};
  switch (Name) {
    case 'always':
      return t('always, also when the engine starts');
    case 'unless-stopped':
      return t('always, unless it was stopped');
    case 'on-failure':
      return MaximumRetryCount > 0
        ? t('when it fails, {0} times at most', MaximumRetryCount)
        : t('when it fails');
    case 'no':
    case '':
      return t('never by itself');
    default:
      return undefined;
  }
}
