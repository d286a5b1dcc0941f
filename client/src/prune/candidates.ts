/** Finds unused objects: stopped containers, images, volumes, networks and build cache. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import type { DiskUsage } from '../engine/objects.ts';
import { formatNamesOf } from '../ui/name-list.ts';
import { formatAge, joinDetails, parseAge, shortId } from '../ui/format.ts';
import { cacheRows } from './cache-rows.ts';
import { imageBytes, type ImageBytes } from './image-bytes.ts';
import type { Prunable, Unused, User } from './prunable.ts';

/** Finds all unused objects. Rejects with EngineError. */
export async function findUnused(engine: Engine, signal: AbortSignal): Promise<Unused> {
  const [containers, networks, volumes, usage, info] = await Promise.all([
    engine.containers(),
    engine.networks(),
    engine.volumes(),
    engine.diskUsage(signal),
    engine.info(),
  ]);
  const images = unusedImages(
    usage,
    usersOf(containers, ({ imageId }) => [imageId]),
  );
  const networkUsers = usersOf(containers, (container) => container.networks);
  const noBytes: ImageBytes = { freed: () => 0 };
  return {
    all: [
      ...stoppedContainers(containers, usage),
      ...images,
      ...unusedVolumes(
        volumes,
        usage,
        usersOf(containers, (container) => container.volumes),
      ),
      ...networks
        .filter(({ name, builtin }) => !builtin && networkUsers(name) !== 'active')
        .map((network) => unusedNetwork(network, stoppedUsers(networkUsers(network.name)))),
      ...cacheRows(usage.buildCache),
    ],
    bytes: images.length === 0 ? noBytes : await imageBytes(engine, usage.images),
    usage,
    inContainerd: info.containerdStore,
  };
}

/** The stopped containers that use an object, or that a container that is not stopped does. */
type Users = 'active' | readonly User[];

function usersOf(
  containers: readonly Container[],
  uses: (container: Container) => readonly string[],
): (object: string) => Users {
  const active = new Set(containers.filter((one) => !isStopped(one)).flatMap(uses));
  const stopped = new Map<string, User[]>();
  for (const container of containers.filter(isStopped))
    for (const object of uses(container))
      stopped.set(object, [...(stopped.get(object) ?? []), container]);
  return (object) => (active.has(object) ? 'active' : (stopped.get(object) ?? []));
}

const stoppedUsers = (users: Users): readonly User[] => (users === 'active' ? [] : users);

/** Whether prune can remove the container. */
export function isStopped({ state }: Container): boolean {
  return state === 'exited' || state === 'created' || state === 'dead';
}

/** `used by stopped container web`; the given text if nothing uses it. */
function reasonOf(users: readonly User[], unused: string): string {
  if (users.length === 0) return unused;
  return users.length === 1
    ? t('used by stopped container {0}', users[0]?.name ?? '')
    : t('used by stopped containers {0}', formatNamesOf(users));
}

function stoppedContainers(
  containers: readonly Container[],
  usage: DiskUsage,
): readonly Prunable[] {
  const sizes = new Map(usage.containers.map((one) => [one.id, one.size]));
  return containers.filter(isStopped).map((container) => {
    const { id, name, createdAt, labels } = container;
    const size = sizes.get(id);
    return {
      kind: 'container',
      key: `container ${id}`,
      label: name,
      reason: stateOf(container),
      size,
      since: createdAt,
      labels,
      preselected: true,
      parts: [{ id, size: size ?? 0, since: createdAt }],
      users: [],
    };
  });
}

function stateOf({ state, status, exitCode }: Container): string {
  if (state === 'created') return t('created, never started');
  if (state === 'dead') return t('dead: the engine could not remove it completely');
  const age = parseAge(status);
  const exit = exitCode === undefined ? t('exited') : t('exited ({0})', exitCode);
  return age === undefined ? exit : `${exit} ${formatAge(age)}`;
}

function unusedNetwork(
  { id, name, driver, createdAt, labels }: Awaited<ReturnType<Engine['networks']>>[number],
  users: readonly User[],
): Prunable {
  return {
    kind: 'network',
    key: `network ${id}`,
    label: name,
    reason: joinDetails(reasonOf(users, t('no container is connected')), driver),
    size: 0,
    since: createdAt,
    labels,
    preselected: users.length === 0,
    parts: [{ id, size: 0, since: createdAt ?? new Date(0) }],
    users,
  };
}

function unusedVolumes(
  volumes: Awaited<ReturnType<Engine['volumes']>>,
  usage: DiskUsage,
  usersOfVolume: (name: string) => Users,
): readonly Prunable[] {
  const sizes = new Map(usage.volumes.map((one) => [one.name, one.size]));
  return volumes
    .filter(({ name }) => usersOfVolume(name) !== 'active')
    .map(({ name, anonymous, createdAt, labels }) => {
      const users = stoppedUsers(usersOfVolume(name));
      const size = sizes.get(name);
      const reason = reasonOf(users, t('no container uses it'));
      return {
        kind: 'volume' as const,
        key: `volume ${name}`,
        label: anonymous ? name.slice(0, 12) : name,
        reason: joinDetails(anonymous ? t('anonymous') : t('named'), reason),
        size,
        since: createdAt,
        labels,
        preselected: anonymous && users.length === 0,
        parts: [{ id: name, size: size ?? 0, since: createdAt ?? new Date(0) }],
        users,
        ...(!anonymous && { precious: true as const }),
      };
    })
    .sort((a, b) => Number(b.preselected) - Number(a.preselected));
}

function unusedImages(usage: DiskUsage, usersOfImage: (id: string) => Users): readonly Prunable[] {
  return usage.images
    .filter(({ id }) => usersOfImage(id) !== 'active')
    .map(({ id, tags, size, createdAt, labels }) => {
      const users = stoppedUsers(usersOfImage(id));
      const [tag] = tags;
      return {
        kind: 'image' as const,
        key: `image ${id}`,
        label: tag ?? `<none> · ${shortId(id)}`,
        reason: joinDetails(
          tag === undefined ? t('dangling') : undefined,
          reasonOf(users, tag === undefined ? '' : t('no container uses it')),
          tags.length > 1 ? t('{0} tags', tags.length) : undefined,
        ),
        size,
        since: createdAt,
        labels,
        preselected: tags.length === 0 && users.length === 0,
        parts: [{ id, size, since: createdAt }],
        users,
        tags,
      };
    })
    .sort((a, b) => Number(b.preselected) - Number(a.preselected));
}
