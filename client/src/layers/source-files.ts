/** The Dockerfiles of a workspace, and the layer of an instruction of one. */
import type { Editor } from '../ui/editor.ts';
import { instructionLine } from './dockerfile-steps.ts';
import type { ImageStep } from './image-steps.ts';
import type { SourceFile, SourceMatch } from './source-match.ts';

/** Dockerfiles that are compared with the history. */
const mostDockerfiles = 200;

/** The file in the active editor first; or only the given one. */
export async function readDockerfiles(
  editor: Pick<Editor, 'activeFile' | 'findDockerfiles' | 'readText'>,
  only?: string,
): Promise<readonly SourceFile[]> {
  const active = editor.activeFile();
  const paths = only === undefined ? await editor.findDockerfiles() : [only];
  const ordered = [...paths].sort((a, b) => Number(b === active) - Number(a === active));
  const files: SourceFile[] = [];
  for (const path of ordered.slice(0, mostDockerfiles)) {
    const text = await editor.readText(path);
    if (text !== undefined) files.push({ path, text });
  }
  return files;
}

interface Places {
  readonly file: SourceFile | undefined;
  readonly steps: readonly ImageStep[];
  readonly source: SourceMatch | undefined;
}

/** The first line of the instruction with this line, both from 1, and its layer; undefined if it made none. */
export function instructionLayer(
  line: number,
  { file, steps, source }: Places,
): { readonly line: number; readonly layer: number | undefined } {
  const first = file === undefined ? undefined : instructionLine(file.text, line);
  const at = source?.steps.findIndex((step) => step?.line === first) ?? -1;
  return { line: first ?? line, layer: first === undefined ? undefined : steps[at]?.layer };
}
