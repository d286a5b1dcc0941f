/** The steps of an image: what the history records, with the layer that each step made. */
import { layersOfSteps, numbered } from '../engine/history-steps.ts';
import type { Layer } from '../engine/objects.ts';
import type { ConfigStep } from './image-config.ts';
import { recordedInstruction, type RecordedInstruction } from './recorded-step.ts';

export interface ImageStep extends RecordedInstruction {
  /** Bytes, as the engine counts them. */
  readonly size: number;
  readonly createdAt: Date;
  /** The index of its layer; undefined if it only changes the image config. */
  readonly layer?: number;
}

/**
 * The steps of an image, the first one first. The image config says which of them have a layer; without it, that is inferred.
 * If it cannot be, no step has a layer.
 */
export function imageSteps(
  history: readonly Layer[],
  layers: number,
  config: readonly ConfigStep[] = [],
): readonly ImageStep[] {
  const steps = [...history].reverse();
  const marks = config.map(({ isEmpty }) => !isEmpty);
  const isExact = marks.length === steps.length && marks.filter(Boolean).length === layers;
  const assigned = isExact ? numbered(marks) : layersOfSteps(steps, layers);
  return steps.map((step, at): ImageStep => {
    const layer = assigned?.[at];
    return {
      ...recordedInstruction(step.createdBy, step.comment),
      size: step.size,
      createdAt: step.createdAt,
      ...(layer !== undefined && { layer }),
    };
  });
}
