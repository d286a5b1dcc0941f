/** Which steps in the history of an image have a layer: the history that the engine returns does not say. */
import type { Layer } from './objects.ts';

/**
 * For each step, the first step first, the index of its layer, or undefined if it has none. The whole is undefined if the
 * steps cannot be assigned to this number of layers.
 */
export function layersOfSteps(
  steps: readonly Pick<Layer, 'createdBy' | 'size'>[],
  layers: number,
): readonly (number | undefined)[] | undefined {
  // Steps that only change the configuration do not create a layer; others do, even if it is empty.
  const creating = steps.map(
    ({ size, createdBy }) => size > 0 || !configurationStep.test(createdBy),
  );
  const nonEmpty = steps.map(({ size }) => size > 0);
  const matching = [creating, nonEmpty].find((marks) => marks.filter(Boolean).length === layers);
  return matching && numbered(matching);
}

/** Numbers the steps that are marked. */
export function numbered(marks: readonly boolean[]): readonly (number | undefined)[] {
  let next = 0;
  return marks.map((isMarked) => (isMarked ? next++ : undefined));
}

const configurationStep =
  /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:ENV|CMD|LABEL|EXPOSE|ENTRYPOINT|USER|VOLUME|STOPSIGNAL|HEALTHCHECK|ONBUILD|SHELL|ARG|MAINTAINER)\b/i;
