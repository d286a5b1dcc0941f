/** Details of a container that only `inspect` has, for its tooltip: mounts and restart policy. */
import { t } from '@vscode/l10n';
import { joinDetails } from '../ui/format.ts';

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
  /** Only for volumes. */
  readonly Name?: string;
  readonly Source?: string;
  readonly Destination?: string;
  readonly RW?: boolean;
}

/** A tooltip has room for about this many. */
const maxMounts = 12;

/** Rows for the table in the tooltip: names and values. */
export function detailRows(
  details: ContainerDetails,
): readonly (readonly [name: string, value: string | undefined])[] {
  return [
    ...mountRows([
      ...(details.Mounts ?? []),
      // `Mounts` does not include those of `--tmpfs`.
      ...Object.keys(details.HostConfig?.Tmpfs ?? {}).map((Destination) => ({ Destination })),
    ]),
    [t('Restart policy'), restartPolicyText(details)],
    [t('Restart count'), details.RestartCount ? String(details.RestartCount) : undefined],
  ];
}

/** One row per mount: source, destination and whether it is read-only. */
function mountRows(mounts: readonly RawMount[]): readonly (readonly [string, string])[] {
  const sorted = mounts.toSorted((a, b) =>
    (a.Destination ?? '') < (b.Destination ?? '') ? -1 : 1,
  );
  const rows = sorted
    .slice(0, maxMounts)
    .map((mount): [string, string] => [mountTypeName(mount), mountText(mount)]);
  const more = mounts.length - rows.length;
  return more > 0 ? [...rows, [t('Mounts'), t('{0} more', more)]] : rows;
}

function mountTypeName({ Type }: RawMount): string {
  switch (Type) {
    case 'bind':
      return t('Bind mount');
    case 'volume':
      return t('Volume');
    default:
      return Type ?? 'tmpfs';
  }
}

function mountText({ Type, Name, Source = '', Destination = '', RW }: RawMount): string {
  const from = Type === 'volume' && Name ? volumeName(Name) : Source;
  const path = from === '' ? Destination : `${from} → ${Destination}`;
  return joinDetails(path, RW === false ? t('read-only') : undefined);
}

/** Anonymous volumes have 64-digit names; the first 12 digits are enough to distinguish them. */
function volumeName(name: string): string {
  return /^[0-9a-f]{64}$/.test(name) ? t('{0} (anonymous)', name.slice(0, 12)) : name;
}

function restartPolicyText({ HostConfig }: ContainerDetails): string | undefined {
  const { Name, MaximumRetryCount = 0 } = HostConfig?.RestartPolicy ?? {};
  switch (Name) {
    case 'always':
      return t('always, including when the engine starts');
    case 'unless-stopped':
      return t('always, unless stopped manually');
    case 'on-failure':
      return MaximumRetryCount > 0
        ? t('on failure, maximum retries: {0}', MaximumRetryCount)
        : t('on failure');
    case 'no':
    case '':
      return t('never');
    default:
      return undefined;
  }
}
