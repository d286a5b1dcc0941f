/** Where files of the context and of stages lie in the image, as far as paths tell. */
import type { Model, Stage } from './model.ts';
import type { ShellWord } from '../shell/script.ts';
import type { Of, Run } from '../syntax/tree.ts';
import { Kept } from '../text/kept.ts';
import { absolutePath } from '../text/path.ts';
import { expanded } from './expanded-words.ts';

export interface CopyAt {
  readonly copy: Of<'COPY'> | Of<'ADD'>;
  readonly stage: Stage | undefined;
  /** One file by one name, and no folder. */
  readonly isOneFile: boolean;
  /** Its path in the image. */
  readonly place: string;
}

/** Whether a path is what was copied, or a folder around it. */
export function isFrom({ place, isOneFile }: CopyAt, path: string): boolean {
  return place === path || (!isOneFile && place.startsWith(`${path}/`));
}

/** The path that a word of a RUN names; undefined where that is not known, or everything. */
export function pathAt(model: Model, word: ShellWord, run: Run): string | undefined {
  if (!word.literal) return undefined;
  const path = absolutePath(word.text, model.stateAt(run).workdir);
  return path === '/' ? undefined : path;
}

const known = new Kept<Model, readonly CopyAt[]>();

/** Every copy whose place is known. */
export function copiesIn(model: Model): readonly CopyAt[] {
  const before = known.get(model);
  if (before) return before;
  const found = gathered(model);
  known.set(model, found);
  return found;
}

function gathered(model: Model): readonly CopyAt[] {
  const found: CopyAt[] = [];
  for (const copy of model.each('COPY', 'ADD')) {
    if (copy.onbuild === true || copy.heredocs.length > 0) continue;
    const target = copy.target && expanded(model, copy.target)?.text;
    const path = target === undefined ? undefined : absolutePath(target, model.stateAt(copy).workdir); // prettier-ignore
    if (target === undefined || path === undefined) continue;
    const [source] = copy.sources;
    const isFolder = /(?:^|\/)\.{0,2}$/.test(target);
    const name = source?.text.replace(/^.*\//, '') ?? '';
    const isOneFile = copy.sources.length === 1 && /^[\w-]*[\w-](?:\.\w+)+$|^[\w-]*entrypoint[\w-]*$/.test(name); // prettier-ignore
    const place = isOneFile && isFolder ? absolutePath(`${path}/${name}`, '/') : path;
    if (place !== undefined) found.push({ copy, stage: model.stageOf(copy), isOneFile, place });
  }
  return found;
}
