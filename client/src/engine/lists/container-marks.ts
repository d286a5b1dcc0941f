/** Which containers change with an event. */
import type { Container, Engine, EngineEvent } from '../engine.ts';
import { isImageId, nameWithTag } from '../image-reference.ts';
import type { KeptList } from './kept-list.ts';

export type ContainerMark =
  | {
      readonly kind: 'container';
      readonly id: string;
      /** The engine reports the change before its list has it. */
      readonly early: boolean;
    }
  /** The list names the image of a container by the tag of its creation, or by id if the tag names another image now. */
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'image'; readonly id: string };

/** Containers that are read in one request; of more, the whole list is read. */
const mostContainers = 100;
/** Requests that the engine answers in parallel without slowing down. */
const parallel = 8;

/** Docker reports these while it still holds the lock of the container, and enters them in its list afterwards. */
const earlyActions = new Set(['die', 'kill', 'stop', 'oom', 'pause', 'unpause', 'restart']);

export function markContainers(
  event: EngineEvent,
  list: Pick<KeptList<Container, ContainerMark>, 'mark' | 'outdate'>,
): void {
  const { objectType, action, id, container } = event;
  switch (objectType) {
    case 'container':
      if (id === '' || action === 'prune') list.outdate();
      else list.mark({ kind: 'container', id, early: earlyActions.has(action) });
      return;
    case 'network':
      if (container !== undefined) list.mark({ kind: 'container', id: container, early: true });
      else if (action !== 'create') list.outdate();
      return;
    case 'image': {
      const mark = imageMark(event);
      if (mark === undefined) list.outdate();
      else list.mark(mark);
      return;
    }
    case 'volume':
  }
}

function imageMark({ action, id, name }: EngineEvent): ContainerMark | undefined {
  switch (action) {
    case 'tag':
      return name === undefined ? undefined : { kind: 'tag', name };
    case 'pull':
      // The id is the name with its tag.
      return { kind: 'tag', name: id };
    case 'untag':
    case 'delete':
      return { kind: 'image', id };
    default:
      return undefined;
  }
}

/** The list with what the marks name as it is now; undefined if that is so much that the whole list should be read. */
export async function readContainers(
  engine: Engine,
  before: readonly Container[],
  marks: readonly ContainerMark[],
): Promise<readonly Container[] | undefined> {
  const ids = idsOf(before, marks);
  if (ids.size > mostContainers) return undefined;
  if (ids.size === 0) return before;
  await untilEntered(engine, marks);
  const read = await engine.containers([...ids]);
  return [...before.filter(({ id }) => !ids.has(id)), ...read];
}

function idsOf(before: readonly Container[], marks: readonly ContainerMark[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const tags = new Set<string>();
  const images = new Set<string>();
  for (const mark of marks) {
    if (mark.kind === 'container') ids.add(mark.id);
    else if (mark.kind === 'image') images.add(mark.id);
    else tags.add(nameWithTag(mark.name));
  }
  if (tags.size === 0 && images.size === 0) return ids;
  for (const { id, image, imageId } of before) {
    // One that is listed by the id of its image may get back its tag, or a newer image may lose it.
    if (isImageId(image) || tags.has(nameWithTag(image)) || images.has(imageId)) ids.add(id);
  }
  return ids;
}

/** Inspecting a container waits for its lock, after which the list has the change. */
async function untilEntered(engine: Engine, marks: readonly ContainerMark[]): Promise<void> {
  const early = marks.flatMap((mark) => (mark.kind === 'container' && mark.early ? [mark.id] : []));
  const rest = [...new Set(early)];
  const worker = async (): Promise<void> => {
    for (let id = rest.shift(); id !== undefined; id = rest.shift())
      // It may be removed by now.
      await engine.inspect('container', id).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
