/** What there is to say of an image: how its name reads, how long it gets fixes, what its tag promises, which driver it needs. */
import type { Document } from '../model/document.ts';
import { image as imageOf, type Image } from '../images/image.ts';
import { releasesIn, type Released } from '../images/releases.ts';
import { cudaOf } from '../images/cuda.ts';
import { endOfLifeDate } from '../images/end-of-life.ts';
import type { Instruction } from '../syntax/tree.ts';
import { day } from '../images/day.ts';
import { contains } from '../text/span.ts';
import { t } from '../text/translated.ts';
import { code } from './documentation.ts';
import type { Hover } from './hover-answer.ts';

/** The base image of FROM, or the image that COPY and mounts take from. */
export function imageHover(
  { model }: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const other = model.references().find(({ span }) => contains(span, offset));
  if (other?.to?.kind === 'image') return said(other.span, other.name, other.name);
  if (instruction.kind !== 'FROM' || !instruction.image) return undefined;
  const { span, text } = instruction.image;
  if (!contains(span, offset)) return undefined;
  const stage = model.stages.find(({ from }) => from === instruction);
  if (stage?.base?.kind === 'stage') return undefined;
  return said(span, text, stage?.image);
}

function said(span: Hover['span'], written: string, image: string | undefined): Hover | undefined {
  if (image === 'scratch') {
    const markdown = t(
      'Nothing at all: no shell, no libraries, no certificates. For programs that bring everything with them.',
    );
    return { span, markdown };
  }
  const parsed = image === undefined ? undefined : imageOf(image);
  const lines = [
    image === undefined || image === written
      ? ''
      : t('{0} with the defaults of this file.', code(image)),
    ...(parsed ? [...releasesIn(parsed).map(life), ...tagLines(parsed), ...cudaLines(parsed)] : []),
  ].filter((line) => line !== '');
  return lines.length === 0 ? undefined : { span, markdown: lines.join('\n\n') };
}

/** How long a release gets fixes, and where to go from there. */
function life({ title, cycle, end, target, isImage }: Released): string {
  const name = `${title} ${cycle}`;
  if (end === '') return '';
  if (end > endOfLifeDate) return t('{0} gets fixes until {1}.', name, day(end));
  return target === '' || !isImage
    ? t('{0} is past its end of life since {1}.', name, day(end))
    : t('{0} is past its end of life since {1}: move to {2}.', name, day(end), target);
}

/** What a name promises of the content. */
function tagLines({ tag, digest }: Image): readonly string[] {
  if (digest !== undefined) {
    return [
      t(
        'The digest makes it exactly this content. It gets no fixes until the digest is changed; `docker buildx imagetools inspect` shows the newest.',
      ),
    ];
  }
  if (tag === undefined) {
    return [t('Without a tag it is `latest`, which is another image after each release.')];
  }
  return tag === 'latest'
    ? [t('`latest` is another image after each release: name a version.')]
    : [];
}

function cudaLines(image: Image): readonly string[] {
  const needs = cudaOf(image);
  if (needs?.driver === undefined) return [];
  const { version, driver, compatible } = needs;
  return [
    compatible === undefined
      ? t('CUDA {0} needs driver {1} or newer on the host.', version, driver)
      : t(
          'CUDA {0} needs driver {1} or newer on the host; {2} does where nothing is compiled for the GPU at run time.',
          version,
          driver,
          compatible,
        ),
  ];
}
