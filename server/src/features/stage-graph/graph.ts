/** The graph of stages and images; an edge leads from a user to what it uses. */
import type { Document } from '../../model/document.ts';
import type { Image } from '../../images/image.ts';
import type { Reference, Stage } from '../../model/model.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

/** A stage uses another stage or an image at this place. */
export interface Edge {
  readonly user: Stage;
  readonly used: Stage | Image;
  /** `FROM` uses it as the base; `COPY` and `RUN --mount` use its files. */
  readonly how: 'from' | 'copy' | 'mount';
  readonly place: Span;
  /** The reference for copied or mounted files. */
  readonly reference?: Reference;
}

/** All edges, in the order of the text. */
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

/** The name of a stage, or else its number. Names contain no whitespace. */
export function nameOf({ name, index }: Stage): string {
  return name ?? t('stage {0}', index);
}

/** The short name of an image, with the first digits of its digest. */
export function imageName({ registry, repository, tag, digest }: Image): string {
  const host = registry === undefined ? '' : `${registry}/`;
  const pin = digest === undefined ? '' : `@${digest.slice(0, 19)}`;
  return `${host}${repository}${tag === undefined ? '' : `:${tag}`}${pin}`;
}

/** From FROM to the end of its last instruction. */
export function spanOf({ from, instructions }: Stage): Span {
  return { start: from.span.start, end: instructions.at(-1)?.span.end ?? from.span.end };
}

/** The stage that is named at a place, or else the stage that contains it. */
export function stageAt(document: Document, offset: number): Stage | undefined {
  const { model } = document;
  const edge = edgesOf(document).find(
    ({ place, used }) => isStage(used) && place.start <= offset && offset <= place.end,
  );
  if (edge && isStage(edge.used)) return edge.used;
  return model.stages.findLast(({ from }) => from.span.start <= offset);
}
