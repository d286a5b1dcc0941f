/** Sentences with links to lines of the Dockerfile. */
import { t } from '@vscode/l10n';
import { formatSize } from '../ui/format.ts';
import type { BaseLayers } from './base-image.ts';
import type { ImageStep } from './image-steps.ts';
import type { Part, Sentence } from './page.ts';
import type { PathEvent } from './path-events.ts';
import type { SourceMatch } from './source-match.ts';
import type { BigFile, WastedPlace } from './wasted-places.ts';

/** What sentences say of layers. */
export interface LayerNames {
  readonly steps: readonly ImageStep[];
  readonly base: BaseLayers;
  readonly source?: SourceMatch;
}

/** Replaces `{0}`, `{1}` and so on in a translated text with these parts. */
export function fill(text: string, ...parts: readonly Part[]): Sentence {
  return text
    .split(/(\{\d\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const number = /^\{(\d)\}$/.exec(piece)?.[1];
      return (number === undefined ? undefined : parts[Number(number)]) ?? { text: piece };
    });
}

/** The instruction of a layer in the Dockerfile. */
export function lineOfLayer({ steps, source }: LayerNames, layer: number): number | undefined {
  const at = steps.findIndex((step) => step.layer === layer);
  return source?.steps[at]?.line;
}

/** `line 11`, or the number of the layer if its line is not known. */
export function layerPart(names: LayerNames, layer: number): Part {
  const line = lineOfLayer(names, layer);
  if (line !== undefined) return { text: t('line {0}', line), line };
  return { text: t('layer {0}', layer + 1) };
}

function isBase({ base }: LayerNames, layer: number): boolean {
  return layer < base.count;
}

/** Where bytes were made, where they were lost, and what to do. */
export function wastedSentence(names: LayerNames, place: WastedPlace): Sentence {
  const several = place.loss !== 'removed' && place.files > 1;
  const sentence = placeSentence(names, place);
  return several ? [{ text: `${t('{0} files.', place.files)}${gap()}` }, ...sentence] : sentence;
}

function placeSentence(names: LayerNames, { madeIn, lostIn, loss }: WastedPlace): Sentence {
  const [made, lost] = [layerPart(names, madeIn), layerPart(names, lostIn)];
  if (isBase(names, lostIn)) {
    return loss === 'removed'
      ? fill(t('Added in {0} and removed in {1} of the base image.', '{0}', '{1}'), made, lost)
      : fill(t('Stored in {0} and again in {1} of the base image.', '{0}', '{1}'), made, lost);
  }
  const keyword = names.steps.find(({ layer }) => layer === madeIn)?.keyword ?? '';
  const isCopied = keyword === 'COPY' || keyword === 'ADD';
  switch (loss) {
    case 'removed': {
      if (isBase(names, madeIn)) {
        return fill(t('Part of the base image. Removing it in {0} does not make the image smaller.', '{0}'), lost); // prettier-ignore
      }
      const fact = fill(t('Added in {0}, removed in {1}.', '{0}', '{1}'), made, lost);
      return [...fact, ...removedAdvice(names, madeIn, keyword)];
    }
    case 'owner': {
      const fact = isBase(names, madeIn)
        ? t('From the base image, stored again by {0}, which only changes the owner.', '{0}')
        : t('Stored again by {0}, which only changes the owner.', '{0}');
      return [...fill(fact, lost), ...attributeAdvice(isCopied ? `${keyword} --chown` : '', isBase(names, madeIn) ? undefined : made)]; // prettier-ignore
    }
    case 'mode': {
      const fact = isBase(names, madeIn)
        ? t('From the base image, stored again by {0}, which only changes the permissions.', '{0}')
        : t('Stored again by {0}, which only changes the permissions.', '{0}');
      return [...fill(fact, lost), ...attributeAdvice(isCopied ? `${keyword} --chmod` : '', isBase(names, madeIn) ? undefined : made)]; // prettier-ignore
    }
    case 'stored-again':
      return fill(t('Added in {0}, stored again by {1} with the same content.', '{0}', '{1}'), made, lost); // prettier-ignore
    case 'replaced':
      return isBase(names, madeIn)
        ? fill(t('From the base image, replaced in {0}.', '{0}'), lost)
        : fill(t('Added in {0}, replaced in {1}.', '{0}', '{1}'), made, lost);
  }
}

function removedAdvice(names: LayerNames, madeIn: number, keyword: string): Sentence {
  const text = sourceText(names, madeIn);
  if (keyword === 'RUN') return [{ text: `${gap()}${t('Remove it in the same RUN.')}` }];
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  if (/(?:^| )--from=/.test(text))
    return [{ text: `${gap()}${t('Copy only what the image needs.')}` }];
  return fill(`${gap()}${t('Exclude it in {0}, or copy less.', '{0}')}`, { text: '.dockerignore', isCode: true }); // prettier-ignore
}

function attributeAdvice(flag: string, made: Part | undefined): Sentence {
  if (made === undefined) return [];
  if (flag !== '') return fill(`${gap()}${t('Use {0}.', '{0}')}`, { text: flag, isCode: true });
  return fill(`${gap()}${t('Change it in {0}.', '{0}')}`, made);
}

/** Between two sentences; Chinese has no space there. */
function gap(): string {
  return t('{0} {1}', '', '');
}

/** The text of the instruction in the Dockerfile, or as it was recorded. */
export function sourceText({ steps, source }: LayerNames, layer: number): string {
  const at = steps.findIndex((step) => step.layer === layer);
  return source?.steps[at]?.text ?? steps[at]?.text ?? '';
}

/** Which layer made a file, and which removes it. */
export function fileSentence(names: LayerNames, { layer, lostIn }: BigFile): Sentence {
  const made = layerPart(names, layer);
  const from = isBase(names, layer) ? t('the base image') : undefined;
  const start: Sentence = from === undefined ? [made] : [{ text: from }];
  if (lostIn === undefined) return start;
  return [
    ...start,
    { text: ' · ' },
    ...fill(t('wasted since {0}', '{0}'), layerPart(names, lostIn)),
  ];
}

/** Most events that a sentence names. */
const mostEvents = 12;

/** `Added in layer 5, line 11 · 14.2 MB · removed in layer 8, line 20`. */
export function pathSentence(names: LayerNames, events: readonly PathEvent[]): Sentence {
  const shown = events.slice(-mostEvents);
  return shown.flatMap(({ layer, change, bytes }, at): Sentence => {
    const line = lineOfLayer(names, layer);
    const text = at === 0 ? firstText(change, layer + 1) : nextText(change, layer + 1);
    return [
      { text: at === 0 ? text : ` · ${text}` },
      ...(line === undefined ? [] : [{ text: ', ' }, { text: t('line {0}', line), line }]),
      ...(isBase(names, layer) ? [{ text: `, ${t('base image')}` }] : []),
      ...(change === 'removed' ? [] : [{ text: ` · ${formatSize(bytes)}` }]),
    ];
  });
}

function firstText(change: PathEvent['change'], layer: number): string {
  switch (change) {
    case 'added':
      return t('Added in layer {0}', layer);
    case 'changed':
      return t('Changed in layer {0}', layer);
    case 'removed':
      return t('Removed in layer {0}', layer);
  }
}

function nextText(change: PathEvent['change'], layer: number): string {
  switch (change) {
    case 'added':
      return t('added in layer {0}', layer);
    case 'changed':
      return t('changed in layer {0}', layer);
    case 'removed':
      return t('removed in layer {0}', layer);
  }
}
