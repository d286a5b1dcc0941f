import { parseImage } from '../../../images/image.ts';
import { rootImage } from '../../../model/lineage.ts';
import type { Stage } from '../../../model/model.ts';
import { baseOf, isWindowsStage } from '../base.ts';

/** The name of the image of a stage without registry and tag, and its system. */
export function systemKey(
  stage: Stage | undefined,
  escape: string,
): [image: string, system: string] {
  const root = rootImage(stage);
  const name = (root?.repository ?? '').replace(/^library\//, '');
  if (isWindowsStage(stage, escape)) return [name, 'windows'];
  return [name, baseOf(stage).system ?? ''];
}

/** The name of an image as it is written, without its tag and digest. */
export function imageName(text: string): string {
  return parseImage(text)?.repository.replace(/^library\//, '') ?? '';
}
