/** Which images change with an event. */
import type { Engine, EngineEvent, Image } from '../engine.ts';
import { isImageId, nameWithTag } from '../image-reference.ts';
import type { KeptList } from './kept-list.ts';

/** An image that got or lost a tag. */
export interface ImageMark {
  readonly id: string;
  /** The tag that it got, which another image may have lost. */
  readonly name?: string;
}

/** Images that are read one by one; of more, the whole list is read. */
const mostImages = 8;

export function markImages(
  { objectType, action, id, name, image }: EngineEvent,
  list: Pick<KeptList<Image, ImageMark>, 'mark' | 'outdate'>,
): void {
  if (objectType === 'image') {
    if (action === 'tag' && name !== undefined) list.mark({ id, name });
    else if (action === 'untag') list.mark({ id });
    else list.outdate();
  } else if (objectType === 'container') {
    // The containers of build steps are created of ids; the engine does not report the images that they become.
    const isStep = action === 'destroy' && image !== undefined && isImageId(image);
    if (action === 'commit' || isStep) list.outdate();
  }
}

/**
 * The list with the current tags of what the marks name; undefined if the whole list must be read: an image without tags is
 * listed only if no other image is built on it.
 */
export async function readImages(
  engine: Engine,
  before: readonly Image[],
  marks: readonly ImageMark[],
): Promise<readonly Image[] | undefined> {
  const ids = new Set(marks.map(({ id }) => id));
  const names = new Set(
    marks.flatMap(({ name }) => (name === undefined ? [] : [nameWithTag(name)])),
  );
  const listed = new Set(before.map(({ id }) => id));
  for (const { id, tags } of before) if (tags.some((tag) => names.has(tag))) ids.add(id);
  if (ids.size > mostImages || [...ids].some((id) => !listed.has(id))) return undefined;
  const tagged = new Map<string, Image>();
  for (const image of before) {
    if (!ids.has(image.id)) continue;
    const details = await engine.inspect('image', image.id).catch(() => undefined);
    if (details === undefined || image.tags.length === 0 || details.tags.length === 0)
      return undefined;
    const { tags, digests } = details;
    tagged.set(image.id, { ...image, tags, digests });
  }
  return before.map((image) => tagged.get(image.id) ?? image);
}
