/** The stages as a picture shows them: boxes, and what each takes from which. */
import type { Document } from '../../model/document.ts';
import type { Reference, Stage } from '../../model/model.ts';
import { slice } from '../../text/span.ts';
import { mountParts } from '../facts.ts';
import { edgesOf, imageName, isStage, nameOf, type Edge } from './graph.ts';

export interface Picture {
  readonly stages: readonly PictureStage[];
  readonly images: readonly string[];
}

export interface PictureStage {
  readonly stage: Stage;
  readonly name: string;
  /** What stands behind its FROM, with variables put in. */
  readonly base: string;
  readonly target: boolean;
  readonly takes: readonly Take[];
}

/** From a stage by its index, or from an image by its place in the list. */
export interface Take {
  readonly how: Edge['how'];
  readonly stage?: number;
  readonly image?: number;
  readonly what: string;
  readonly offset: number;
}

/** Stages in the order of the text, images in the order in which they are met. */
export function picture(document: Document): Picture {
  const { stages, target } = document.model;
  const images: string[] = [];
  const edges = edgesOf(document);
  const take = ({ used, how, place, reference }: Edge): Take => {
    const rest = { how, what: reference ? whatOf(document, reference) : '', offset: place.start };
    if (isStage(used)) return { ...rest, stage: used.index };
    const name = imageName(used);
    if (!images.includes(name)) images.push(name);
    return { ...rest, image: images.indexOf(name) };
  };
  return {
    stages: stages.map((stage) => ({
      stage,
      name: nameOf(stage),
      base: stage.image ?? stage.from.image?.text ?? '',
      target: stage === target,
      takes: edges.filter(({ user }) => user === stage).map(take),
    })),
    images,
  };
}

/** What a COPY or a mount takes, and where it is then. */
function whatOf({ text }: Document, { instruction, span }: Reference): string {
  if (instruction.kind === 'RUN') {
    const mount = instruction.flags.find(
      (flag) => flag.span.start <= span.start && span.end <= flag.span.end,
    );
    if (!mount?.value) return '';
    const parts = mountParts(slice(text, mount.value.span), mount.value.span.start);
    const named = (...keys: readonly string[]) =>
      parts.find(({ key }) => keys.includes(key))?.value;
    return arrow([named('source', 'src') ?? '/'], named('target', 'dst', 'destination'));
  }
  return arrow(
    instruction.sources.map((source) => source.text),
    instruction.target?.text,
  );
}

/** Where both are the same path, it is said once. */
function arrow(sources: readonly string[], target: string | undefined): string {
  const from = sources.join(' ');
  return target === undefined || target === from ? from : `${from} → ${target}`;
}
