/** Describes an image: its expanded name, end of life, tag or digest, and the driver that it requires. */
import type { Document } from '../model/document.ts';
import { parseImage as imageOf, type Image } from '../images/image.ts';
import { releasesIn, type TagRelease } from '../images/releases.ts';
import { cudaOf } from '../images/cuda.ts';
import { endOfLifeDate } from '../images/end-of-life.ts';
import type { Instruction } from '../syntax/tree.ts';
import { formatDay } from '../images/day.ts';
import { contains } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { code } from './documentation.ts';
import type { Hover } from './hover-answer.ts';

/** The base image of FROM, or the image that COPY and mounts copy from. */
export function imageHover(
  { model }: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const other = model.references().find(({ span }) => contains(span, offset));
  if (other?.to?.kind === 'image') return describeImage(other.span, other.name, other.name);
  if (instruction.kind !== 'FROM' || !instruction.image) return undefined;
  const { span, text } = instruction.image;
  if (!contains(span, offset)) return undefined;
  const stage = model.stages.find(({ from }) => from === instruction);
  if (stage?.base?.kind === 'stage') return undefined;
  return describeImage(span, text, stage?.image);
}

function describeImage(
  span: Hover['span'],
  sourceText: string,
  image: string | undefined,
): Hover | undefined {
  if (image === 'scratch') {
    const markdown = t(
      'Empty image without a shell, libraries or certificates, for self-contained programs.',
    );
    return { span, markdown };
  }
  const parsed = image === undefined ? undefined : imageOf(image);
  const lines = [
    image === undefined || image === sourceText
      ? ''
      : t('{0} with the default values in this file.', code(image)),
    ...(parsed
      ? [...releasesIn(parsed).map(supportLine), ...tagLines(parsed), ...cudaLines(parsed)]
      : []),
  ].filter((line) => line !== '');
  return lines.length === 0 ? undefined : { span, markdown: lines.join('\n\n') };
}

/** The end of life of a release, and the release to upgrade to. */
function supportLine({ title, cycle, end, target, isImage }: TagRelease): string {
  const name = `${title} ${cycle}`;
  if (end === '') return '';
  if (end > endOfLifeDate) return t('{0} is supported until {1}.', name, formatDay(end));
  return target === '' || !isImage
    ? t('{0} reached end of life on {1}.', name, formatDay(end))
    : t('{0} reached end of life on {1}. Upgrade to {2}.', name, formatDay(end), target);
}

/** Explains what a tag or digest guarantees about the content. */
function tagLines({ tag, digest }: Image): readonly string[] {
  if (digest !== undefined) {
    return [
      t(
        'The digest pins the exact content. The image receives no fixes until the digest is updated; `docker buildx imagetools inspect` shows the current digest.',
      ),
    ];
  }
  if (tag === undefined) {
    return [t('Without a tag, `latest` is used, which changes with every release.')];
  }
  return tag === 'latest'
    ? [t('`latest` changes with every release. Use a version tag instead.')]
    : [];
}

function cudaLines(image: Image): readonly string[] {
  const needs = cudaOf(image);
  if (needs?.driver === undefined) return [];
  const { version, driver, compatible } = needs;
  return [
    compatible === undefined
      ? t('CUDA {0} requires driver {1} or later on the host.', version, driver)
      : t(
          'CUDA {0} requires driver {1} or later on the host. {2} is sufficient if no GPU code is compiled at run time.',
          version,
          driver,
          compatible,
        ),
  ];
}
