/** The files of `--iidfile` and `--metadata-file`, which are written after a build, as buildx does. */
import type { BuildEvent, BuildRequest } from '../../../contract/build.ts';
import { writeWholeFile } from '../engine/write-file.ts';
import type { ResultFiles } from './request.ts';

type BuiltImage = Pick<Extract<BuildEvent, { kind: 'image' }>, 'id' | 'metadata'>;

/** Rejects with EngineError whose message is the reason. */
export async function writeResultFiles(
  { imageId, metadata }: ResultFiles,
  { tags }: BuildRequest,
  image: BuiltImage | undefined,
): Promise<void> {
  if (imageId !== undefined && image !== undefined) await writeWholeFile(imageId, image.id);
  if (metadata === undefined) return;
  const facts = {
    ...(image && {
      'containerimage.config.digest': image.id,
      'containerimage.digest': image.id,
    }),
    ...(tags.length > 0 && { 'image.name': tags.join(',') }),
    ...image?.metadata,
  };
  await writeWholeFile(metadata, `${JSON.stringify(facts, undefined, 2)}\n`);
}
