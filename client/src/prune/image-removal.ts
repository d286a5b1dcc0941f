/** Removes an image by the tags that were listed, so that a tag that was added meanwhile keeps it. */
import { t } from '@vscode/l10n';
import type { Engine, Image } from '../engine/engine.ts';
import { formatNames } from '../ui/name-list.ts';
import type { Remove } from './prunable.ts';

/** `current`: the images of the engine now, by their ids. */
export function imageRemover(engine: Engine, current: ReadonlyMap<string, Image>): Remove {
  return async ({ parts: [part], tags = [] }) => {
    const id = part?.id ?? '';
    const image = current.get(id);
    // Removed with another one, or by another program.
    if (image === undefined) return undefined;
    const added = image.tags.filter((tag) => !tags.includes(tag));
    if (added.length > 0) return t('it has a new tag, {0}', formatNames(added));
    return removeReferences(engine, image);
  };
}

/** Removes all names of the image, and the image with the last one. */
async function removeReferences(
  engine: Engine,
  { id, tags, digests }: Image,
): Promise<string | undefined> {
  // By its id alone, an image is removed only if it has one name.
  const names = tags.length > 0 ? tags : digests.length > 1 ? digests : [id];
  const deleted = new Set<string>();
  for (const name of names) {
    const removal = await engine.removeImage(name);
    for (const one of removal.deleted) deleted.add(one);
  }
  if (deleted.has(id)) return undefined;
  // The classic builder's images are kept while one exists that was built from them.
  return tags.length > 0
    ? t('its tags were removed, but another image was built from it')
    : t('another image was built from it');
}
