/** Counts what a second prune would find: objects used only by containers that the first one removes. */
import type { Container } from '../engine/engine.ts';

/** The number of images, volumes and networks that are unused after the containers with these ids were removed. */
export type CountPrunableLater = (removed: readonly string[]) => number;

/** Built-in networks cannot be removed. */
const builtin: ReadonlySet<string> = new Set(['bridge', 'host', 'none']);

export function prunableLater(containers: readonly Container[]): CountPrunableLater {
  const uses = new Map(containers.map((container) => [container.id, usedBy(container)]));
  return (removed) => {
    const removedIds = new Set(removed);
    const stillUsed = new Set([...uses].flatMap(([id, used]) => (removedIds.has(id) ? [] : used)));
    const released = new Set(removed.flatMap((id) => uses.get(id) ?? []));
    return [...released].filter((object) => !stillUsed.has(object)).length;
  };
}

/** Names with their kind, because an image and a volume can have the same name. */
function usedBy({ imageId, volumes, networks }: Container): readonly string[] {
  return [
    `image ${imageId}`,
    ...volumes.map((name) => `volume ${name}`),
    ...networks.filter((name) => !builtin.has(name)).map((name) => `network ${name}`),
  ];
}
