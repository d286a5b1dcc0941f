/** Finds the Dockerfile that an image was built from, and the line of each step. */
import { sourceStages, type SourceStage, type SourceStep } from './dockerfile-steps.ts';
import type { RecordedInstruction } from './recorded-step.ts';

export interface SourceMatch {
  readonly path: string;
  /** For each recorded step, the instruction that it is; undefined for steps of the base image and changed instructions. */
  readonly steps: readonly (SourceStep | undefined)[];
  /** The index of the first step that the Dockerfile made. */
  readonly firstOwn: number;
  /** Instructions that were changed, added or removed since the build. */
  readonly edits: number;
  /** As written in FROM. */
  readonly baseImage: string;
}

/** A Dockerfile with its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** At least this part of the steps must be the same. */
const enough = 0.6;

/** Only these make layers; without one in common, files that only set variables would match each other. */
const layerMaking = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

const mostSteps = 1000;

/** The best match among these files, of which the first ones are preferred; undefined if none is similar enough. */
export function matchSource(
  recorded: readonly RecordedInstruction[],
  files: readonly SourceFile[],
): SourceMatch | undefined {
  if (recorded.length > mostSteps) return undefined;
  let best: { readonly match: SourceMatch; readonly score: number } | undefined;
  for (const { path, text } of files) {
    for (const stage of sourceStages(text)) {
      const match = matchStage(recorded, stage);
      if (match === undefined || match.score <= (best?.score ?? 0)) continue;
      best = { match: { ...match, path, baseImage: stage.baseImage }, score: match.score };
    }
  }
  return best?.match;
}

function matchStage(recorded: readonly RecordedInstruction[], { steps }: SourceStage) {
  const pairs = longestCommon(recorded, steps);
  const isMade = pairs.some(([, step]) => layerMaking.has(steps[step]?.keyword ?? ''));
  if (!isMade) return undefined;
  // Steps before the first common one belong to the base image, unless the file begins with changed instructions.
  const [firstPair] = pairs;
  const firstOwn = Math.max(0, firstPair?.[0] ?? 0);
  // The classic builder records ONBUILD, BuildKit does not.
  const own = recorded.slice(firstOwn).filter(({ keyword }) => keyword !== 'ONBUILD').length;
  const larger = Math.max(own, steps.length);
  if (pairs.length < larger * enough) return undefined;
  const found: (SourceStep | undefined)[] = recorded.map(() => undefined);
  for (const [at, step] of pairs) found[at] = steps[step];
  const edits = larger - pairs.length;
  // Of files with the same number of common steps, the one with fewer other steps.
  return { steps: found, firstOwn, edits, score: pairs.length - edits / 1000 };
}

/** Pairs of indexes of the longest common subsequence; the latest recorded steps are preferred. */
function longestCommon(
  recorded: readonly RecordedInstruction[],
  steps: readonly SourceStep[],
): readonly (readonly [number, number])[] {
  const width = steps.length + 1;
  const lengths = new Uint16Array((recorded.length + 1) * width);
  const same = recorded.map((one) => steps.map((step) => step.matches(one)));
  for (let row = 1; row <= recorded.length; row++) {
    for (let column = 1; column <= steps.length; column++) {
      const above = lengths[(row - 1) * width + column] ?? 0;
      const left = lengths[row * width + column - 1] ?? 0;
      const diagonal = (lengths[(row - 1) * width + column - 1] ?? 0) + 1;
      const isSame = same[row - 1]?.[column - 1] === true;
      lengths[row * width + column] = Math.max(above, left, isSame ? diagonal : 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [row, column] = [recorded.length, steps.length];
  while (row > 0 && column > 0) {
    const here = lengths[row * width + column] ?? 0;
    const diagonal = lengths[(row - 1) * width + column - 1] ?? 0;
    if (same[row - 1]?.[column - 1] === true && here === diagonal + 1)
      pairs.push([--row, --column]);
    else if (here === lengths[row * width + column - 1]) column--;
    else row--;
  }
  return pairs.reverse();
}
