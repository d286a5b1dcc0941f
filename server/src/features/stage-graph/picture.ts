/** The stages as the stage graph shows them: boxes, and what each uses. */
import type { Document } from '../../model/document.ts';
import type { Reference, Stage } from '../../model/model.ts';
import { slice } from '../../text/span.ts';
import { mountOptions } from '../facts.ts';
import { edgesOf, imageName, isStage, nameOf, type Edge } from './graph.ts';

export interface Picture {
  readonly stages: readonly PictureStage[];
  readonly images: readonly string[];
}

export interface PictureStage {
  readonly stage: Stage;
  readonly name: string;
  /** The base in FROM, with variables expanded. */
  readonly base: string;
  readonly target: boolean;
  readonly takes: readonly Take[];
}

/** From a stage by index, or from an image by its index in the list. */
export interface Take {
  readonly how: Edge['how'];
  readonly stage?: number;
  readonly image?: number;
  readonly what: string;
  readonly offset: number;
}

/** Stages in the order of the text, images in the order of first use. */
export function picture(document: Document): Picture {
  const { stages, target } = document.model;
  const images: string[] = [];
  const edges = edgesOf(document);
  const take = ({ used, how, place, reference }: Edge): Take => {
    const rest = {
      how,
      what: reference ? pathsText(document, reference) : '',
      offset: place.start,
    };
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

/** The copied or mounted paths, and their destination. */
function pathsText({ text }: Document, { instruction, span }: Reference): string {
  if (instruction.kind === 'RUN') {
    const mount = instruction.flags.find(
      (flag) => flag.span.start <= span.start && span.end <= flag.span.end,
    );
    if (!mount?.value) return '';
    const parts = mountOptions(slice(text, mount.value.span), mount.value.span.start);
    const optionValue = (...keys: readonly string[]) =>
      parts.find(({ key }) => keys.includes(key))?.value;
    return arrow(
      [optionValue('source', 'src') ?? '/'],
      optionValue('target', 'dst', 'destination'),
    );
  }
  return arrow(
    instruction.sources.map((source) => source.text),
    instruction.target?.text,
  );
}

/** If both are the same path, it is shown once. */
function arrow(sources: readonly string[], target: string | undefined): string {
  const from = sources.join(' ');
  return target === undefined || target === from ? from : `${from} → ${target}`;
}
