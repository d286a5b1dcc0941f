/** Checks mounts against files on the disk and their owners. */
import { t } from '@vscode/l10n';
import type { ImageFacts } from './image.ts';
import { isAbsolute, longMount, tmpfsMount, volumeMount, type Mount } from './mounts.ts';
import { all, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';

export interface PathFacts {
  readonly kind: 'file' | 'directory' | 'other' | 'missing';
  /** Absent on Windows. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface PlacedMount {
  readonly place: 'volume' | 'mount' | 'tmpfs';
  readonly index: number;
  readonly mount: Mount;
}

/** The valid mounts of a spec, each with its option. */
export function mountsOf(spec: RunSpec): readonly PlacedMount[] {
  const readers = { volume: volumeMount, mount: longMount, tmpfs: tmpfsMount } as const;
  return (['volume', 'mount', 'tmpfs'] as const).flatMap((place) =>
    all(spec, place).flatMap((text, index) => {
      const mount = readers[place](text);
      return typeof mount === 'string' ? [] : [{ place, index, mount }];
    }),
  );
}

export function mountTroubles(
  spec: RunSpec,
  { paths, image }: { readonly paths?: ReadonlyMap<string, PathFacts>; readonly image: ImageFacts },
): readonly Trouble[] {
  const targets = new Set<string>();
  const user = spec.texts.user ?? image.user;
  return mountsOf(spec).flatMap(({ place, index, mount }): readonly Trouble[] => {
    const target = mount.target.replace(/(?<=.)\/+$/, '');
    const at = { place, index } as const;
    if (targets.has(target)) {
      return [{ ...at, severity: 'error', message: t('{0} is already a mount point', target) }];
    }
    targets.add(target);
    if (target === '/') {
      return [{ ...at, severity: 'error', message: t('/ cannot be a mount point') }];
    }
    if (mount.type === 'volume') return volumeTrouble(at, mount.source);
    if (mount.type !== 'bind') return [];
    if (!isAbsolute(mount.source)) {
      const message = t('{0} must be an absolute path because no folder is open', mount.source);
      return [{ ...at, severity: 'error', message }];
    }
    const facts = paths?.get(mount.source);
    return facts === undefined ? [] : sourceTroubles(at, mount, { facts, user });
  });
}

type At = Pick<PlacedMount, 'place' | 'index'>;

function volumeTrouble(at: At, name: string): readonly Trouble[] {
  if (name === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return [];
  const message = t('{0} is not a valid volume name; a path begins with / or ./', name);
  return [{ ...at, severity: 'error', message }];
}

function sourceTroubles(
  at: At,
  { source, readOnly, options }: Mount,
  { facts, user }: { readonly facts: PathFacts; readonly user: string },
): readonly Trouble[] {
  if (facts.kind === 'missing') {
    const created = at.place === 'volume' || options.includes('bind-create-src=true');
    return created
      ? [
          {
            ...at,
            severity: 'warning',
            message: t(
              '{0} does not exist; Docker will create it as an empty directory of root',
              source,
            ),
          },
        ]
      : [{ ...at, severity: 'error', message: t('{0} does not exist', source) }];
  }
  const { uid, gid } = facts;
  if (facts.kind !== 'directory' || readOnly || uid === undefined || gid === undefined) return [];
  const message = ownerMessage(source, { uid, gid, user });
  if (message === undefined) return [];
  const value = `${uid}:${gid}`;
  return [{ ...at, severity: 'warning', message, offer: { label: t('Run as {0}', value), value } }];
}

/** Undefined if the user of the container owns the directory. */
function ownerMessage(
  source: string,
  { uid, gid, user }: { readonly uid: number; readonly gid: number; readonly user: string },
): string | undefined {
  const [name = ''] = user.split(':');
  const owner = `${uid}:${gid}`;
  if (name === '' || name === '0' || name === 'root') {
    return uid === 0
      ? undefined
      : t(
          '{0} belongs to {1}, but files that the container creates in it will belong to root',
          source,
          owner,
        );
  }
  if (name === String(uid)) return undefined;
  return t(
    '{0} belongs to {1}; the container runs as {2} and may not be able to write to it',
    source,
    owner,
    user,
  );
}
