/** Mounts, looked at beside what lies on the disk and whose it is. */
import { t } from '@vscode/l10n';
import type { ImageFacts } from './image.ts';
import { isAbsolute, longMount, tmpfsMount, volumeMount, type Mount } from './mounts.ts';
import { all, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';

export interface PathFacts {
  readonly kind: 'file' | 'directory' | 'other' | 'missing';
  /** On systems with such owners. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface Placed {
  readonly place: 'volume' | 'mount' | 'tmpfs';
  readonly index: number;
  readonly mount: Mount;
}

/** All mounts of a spec that make sense, with where they were said. */
export function mountsOf(spec: RunSpec): readonly Placed[] {
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
      return [{ ...at, severity: 'error', message: t('Something else is mounted at {0}', target) }];
    }
    targets.add(target);
    if (target === '/') {
      return [{ ...at, severity: 'error', message: t('Nothing can be mounted at /') }];
    }
    if (mount.type === 'volume') return volumeTrouble(at, mount.source);
    if (mount.type !== 'bind') return [];
    if (!isAbsolute(mount.source)) {
      const message = t('{0} must be a path from the root: no folder is open here', mount.source);
      return [{ ...at, severity: 'error', message }];
    }
    const facts = paths?.get(mount.source);
    return facts === undefined ? [] : sourceTroubles(at, mount, { facts, user });
  });
}

type At = Pick<Placed, 'place' | 'index'>;

function volumeTrouble(at: At, name: string): readonly Trouble[] {
  if (name === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return [];
  const message = t('{0} is no name of a volume; a path begins with / or ./', name);
  return [{ ...at, severity: 'error', message }];
}

function sourceTroubles(
  at: At,
  { source, readOnly }: Mount,
  { facts, user }: { readonly facts: PathFacts; readonly user: string },
): readonly Trouble[] {
  if (facts.kind === 'missing') {
    return at.place === 'mount'
      ? [{ ...at, severity: 'error', message: t('{0} does not exist', source) }]
      : [
          {
            ...at,
            severity: 'warning',
            message: t(
              '{0} does not exist: docker will make an empty folder that belongs to root',
              source,
            ),
          },
        ];
  }
  const { uid, gid } = facts;
  if (facts.kind !== 'directory' || readOnly || uid === undefined || gid === undefined) return [];
  const message = ownerMessage(source, { uid, gid, user });
  if (message === undefined) return [];
  const value = `${uid}:${gid}`;
  return [{ ...at, severity: 'warning', message, offer: { label: t('Run as {0}', value), value } }];
}

/** Undefined where whoever runs may write, and what is written belongs to whom the folder belongs to. */
function ownerMessage(
  source: string,
  { uid, gid, user }: { readonly uid: number; readonly gid: number; readonly user: string },
): string | undefined {
  const [who = ''] = user.split(':');
  const owner = `${uid}:${gid}`;
  if (who === '' || who === '0' || who === 'root') {
    return uid === 0
      ? undefined
      : t('The container runs as root: what it writes in {0} of {1} will be root’s', source, owner);
  }
  if (who === String(uid)) return undefined;
  return t(
    '{0} belongs to {1}, the container runs as {2} and may not write there',
    source,
    owner,
    user,
  );
}
