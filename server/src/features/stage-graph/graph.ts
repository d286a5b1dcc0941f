/** Which stage is built from which: nodes are stages and the images around them, edges who takes from whom. */
import type { Document } from '../../model/document.ts';
import type { Image } from '../../images/image.ts';
import type { Reference, Stage } from '../../model/model.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

/** One stage takes from another, or from an image, at these places. */
export interface Edge {
  readonly user: Stage;
  readonly used: Stage | Image;
  /** `FROM` goes on with it; `COPY` and `RUN --mount` take files. */
  readonly how: 'from' | 'copy' | 'mount';
  readonly place: Span;
  /** Where files are taken. */
  readonly reference?: Reference;
}

/** All edges in the order of the text. */
export function edgesOf({ model }: Document): readonly Edge[] {
  const bases = model.stages.flatMap((user): readonly Edge[] => {
    const { base, from } = user;
    return base && from.image ? [{ user, used: base, how: 'from', place: from.image.span }] : [];
  });
  const taken = model.references().flatMap((reference): readonly Edge[] => {
    const { instruction, to, span } = reference;
    const user = model.stageOf(instruction);
    const how = instruction.kind === 'RUN' ? 'mount' : 'copy';
    return user && to ? [{ user, used: to, how, place: span, reference }] : [];
  });
  return [...bases, ...taken].sort((a, b) => a.place.start - b.place.start);
}

export function isStage(used: Stage | Image): used is Stage {
  return used.kind === 'stage';
}

/** The name of a stage, or which one it is; no name has a blank. */
export function nameOf({ name, index }: Stage): string {
  return name ?? t('stage {0}', index);
}

/** As it is written for short: a digest by its first digits. */
export function imageName({ registry, repository, tag, digest }: Image): string {
  const host = registry === undefined ? '' : `${registry}/`;
  const pin = digest === undefined ? '' : `@${digest.slice(0, 19)}`;
  return `${host}${repository}${tag === undefined ? '' : `:${tag}`}${pin}`;
}

/** From FROM to the end of its last instruction. */
export function spanOf({ from, instructions }: Stage): Span {
  return { start: from.span.start, end: instructions.at(-1)?.span.end ?? from.span.end };
}

/** The stage that a name at a place means, else the one around it. */
export function stageAt(document: Document, offset: number): Stage | undefined {
  const { model } = document;
  const edge = edgesOf(document).find(
    ({ place, used }) => isStage(used) && place.start <= offset && offset <= place.end,
  );
  if (edge && isStage(edge.used)) return edge.used;
  return model.stages.findLast(({ from }) => from.span.start <= offset);
}
