/** Folders of packages with a version of Python in their name, where COPY takes them from a stage. */
import type { Model, Stage } from './model.ts';
import type { Of, Word } from '../syntax/tree.ts';
import { officialName } from '../images/releases.ts';
import { rootStage } from './lineage.ts';

export interface PythonPath {
  readonly copy: Of<'COPY'>;
  readonly source: Word;
  /** As in the path: `python3.13`. */
  readonly folder: string;
  readonly from: Stage | undefined;
}

/** Each source that is such a folder or lies in one; written by hand, not by a variable. */
export function* pythonPaths(model: Model): Iterable<PythonPath> {
  for (const { instruction, to } of model.references()) {
    if (instruction.kind !== 'COPY') continue;
    for (const source of instruction.sources) {
      const folder = folderIn(source.text);
      if (folder === undefined) continue;
      yield { copy: instruction, source, folder, from: to?.kind === 'stage' ? to : undefined };
    }
  }
}

/** `python3.13` of a path to its packages. */
export function folderIn(path: string): string | undefined {
  return /\/(?:usr|opt|root|home)\b[^ ]*\/lib(?:64)?\/(python3\.\d+)(?:\/(?:site|dist)-packages.*)?\/?$/.exec(path)?.[1]; // prettier-ignore
}

/** The Python of an official image, by its tag: `3.13`. */
export function pythonOf(stage: Stage): string | undefined {
  const { base } = rootStage(stage);
  if (base?.kind !== 'image' || officialName(base) !== 'python') return undefined;
  return /^(3\.\d+)(?=$|[-.abr])/.exec(base.tag ?? '')?.[1];
}
