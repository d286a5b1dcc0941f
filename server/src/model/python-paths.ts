/** Directories of Python packages with a version in their name that COPY copies from a stage. */
import type { Model, Stage } from './model.ts';
import type { InstructionOf, Word } from '../syntax/tree.ts';
import { officialName } from '../images/releases.ts';
import { rootStage } from './lineage.ts';

export interface PythonPath {
  readonly copy: InstructionOf<'COPY'>;
  readonly source: Word;
  /** The directory with the version, such as `python3.13`. */
  readonly directory: string;
  readonly from: Stage | undefined;
}

/** Every source that is such a directory or in one, if it is written without variables. */
export function* pythonPaths(model: Model): Iterable<PythonPath> {
  for (const { instruction, to } of model.references()) {
    if (instruction.kind !== 'COPY') continue;
    for (const source of instruction.sources) {
      const directory = pythonDirectoryIn(source.text);
      if (directory === undefined) continue;
      yield { copy: instruction, source, directory, from: to?.kind === 'stage' ? to : undefined };
    }
  }
}

/** The directory such as `python3.13` in a path to packages. */
export function pythonDirectoryIn(path: string): string | undefined {
  return /\/(?:usr|opt|root|home)\b[^ ]*\/lib(?:64)?\/(python3\.\d+)(?:\/(?:site|dist)-packages.*)?\/?$/.exec(path)?.[1]; // prettier-ignore
}

/** The version of an official Python image by its tag, such as `3.13`. */
export function pythonVersionOf(stage: Stage): string | undefined {
  const { base } = rootStage(stage);
  if (base?.kind !== 'image' || officialName(base) !== 'python') return undefined;
  return /^(3\.\d+)(?=$|[-.abr])/.exec(base.tag ?? '')?.[1];
}
