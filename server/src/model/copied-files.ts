/** The paths in the image of files that COPY and ADD copy, as far as they are known from the file. */
import type { Model, Stage } from './model.ts';
import type { ShellWord } from '../shell/script.ts';
import type { Instruction, InstructionOf, Run } from '../syntax/tree.ts';
import { absolutePath } from '../text/path.ts';
import { expandWord } from './expanded-words.ts';
import { ModelCache } from './reads.ts';

export interface CopiedPath {
  readonly copy: InstructionOf<'COPY'> | InstructionOf<'ADD'>;
  readonly stage: Stage | undefined;
  /** Whether it is a single file rather than a directory. */
  readonly isOneFile: boolean;
  /** Its path in the image. */
  readonly path: string;
}

/** Copies by stage and by path: the copied path itself, or a directory that contains it. In the order of the file. */
export interface CopyIndex {
  of(stage: Stage, path: string): readonly CopiedPath[];
}

const index = new ModelCache<Model, CopyIndex>();

/** The last copy in a stage before an offset that a path was copied by. */
export function lastCopyOf(
  model: Model,
  path: string,
  { stage, before }: { readonly stage: Stage; readonly before: number },
): CopiedPath | undefined {
  return index
    .of(model, () => copyIndex(copiedPaths(model)))
    .of(stage, path)
    .findLast((one) => one.copy.span.end <= before);
}

/** Folders around a place are hardly ever more than this. */
const deepest = 30;

/** An index of some copies. */
export function copyIndex(copies: readonly CopiedPath[]): CopyIndex {
  const byPath = new Map<string, CopiedPath[]>();
  for (const one of copies) {
    const { path: place, isOneFile, stage } = one;
    if (stage === undefined) continue;
    const add = (path: string): void => {
      const key = `${stage.index} ${path}`;
      const list = byPath.get(key);
      if (list) list.push(one);
      else byPath.set(key, [one]);
    };
    add(place);
    let depth = 0;
    let end = isOneFile ? -1 : place.indexOf('/', 1);
    for (; end > 0 && depth < deepest; end = place.indexOf('/', end + 1)) {
      add(place.slice(0, end));
      depth++;
    }
  }
  return { of: ({ index: at }, path) => byPath.get(`${at} ${path}`) ?? none };
}

const none: readonly never[] = [];

/** The path that a word of a RUN names; undefined if it is not known, or is the root. */
export function pathInImage(model: Model, word: ShellWord, run: Run): string | undefined {
  if (!word.literal) return undefined;
  const path = resolvedPath(model, word.text, run);
  return path === '/' ? undefined : path;
}

/** A path of an instruction from the root of the image; undefined if it is relative to an unknown directory. */
export function resolvedPath(
  model: Model,
  path: string,
  instruction: Instruction,
): string | undefined {
  // Most paths are absolute, for which no state is needed.
  return absolutePath(path, path.startsWith('/') ? '/' : model.stateAt(instruction).workdir);
}

const cache = new ModelCache<Model, readonly CopiedPath[]>();

/** Every copy whose path in the image is known. */
export function copiedPaths(model: Model): readonly CopiedPath[] {
  return cache.of(model, collectCopies);
}

function collectCopies(model: Model): readonly CopiedPath[] {
  const found: CopiedPath[] = [];
  for (const copy of model.each('COPY', 'ADD')) {
    if (copy.onbuild === true || copy.heredocs.length > 0) continue;
    const target = copy.target && expandWord(model, copy.target)?.text;
    const targetPath = target === undefined ? undefined : resolvedPath(model, target, copy);
    if (target === undefined || targetPath === undefined) continue;
    const [source] = copy.sources;
    const isDirectory = /(?:^|\/)\.{0,2}$/.test(target);
    const name = source?.text.replace(/^.*\//, '') ?? '';
    const isOneFile = copy.sources.length === 1 && /^[\w-]*[\w-](?:\.\w+)+$|^[\w-]*entrypoint[\w-]*$/.test(name); // prettier-ignore
    const path = isOneFile && isDirectory ? absolutePath(`${targetPath}/${name}`, '/') : targetPath;
    if (path !== undefined) found.push({ copy, stage: model.stageOf(copy), isOneFile, path });
  }
  return found;
}
