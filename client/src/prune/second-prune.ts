/** What a second prune finds: things that only containers use which the first one removes. */
import type { Container } from '../engine/engine.ts';

/** How many images, volumes and networks nothing uses any more once the containers of these ids have gone. */
export type Later = (gone: readonly string[]) => number;

/** Built-in networks are always there. */
const builtin: ReadonlySet<string> = new Set(['bridge', 'host', 'none']);

export function laterOf(containers: readonly Container[]): Later {
  const uses = new Map(containers.map((container) => [container.id, usedBy(container)]));
  return (gone) => {
    const going = new Set(gone);
    const stay = new Set([...uses].flatMap(([id, used]) => (going.has(id) ? [] : used)));
    const freed = new Set(gone.flatMap((id) => uses.get(id) ?? []));
    return [...freed].filter((thing) => !stay.has(thing)).length;
  };
}

/** Under their kind, as an image and a volume may have one name. */
function usedBy({ imageId, volumes, networks }: Container): readonly string[] {
  return [
    `image ${imageId}`,
    ...volumes.map((name) => `volume ${name}`),
    ...networks.filter((name) => !builtin.has(name)).map((name) => `network ${name}`),
  ];
}
