/** Builds that fail, with the place where the failure must be shown: `«…»` in the Dockerfile. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Span } from '../../../server/src/text/span.ts';
import { parseMarks } from '../../marks.ts';

export interface FailingBuild {
  /** The name of the file with the case, and its title. */
  readonly name: string;
  readonly dockerfile: string;
  /** The word or command that the failure is about. */
  readonly expected: Span;
  /** Files of the build context besides the Dockerfile. */
  readonly files: readonly { readonly path: string; readonly content: Buffer }[];
  readonly target?: string;
  /** The version of the only engine on which it fails in this way. */
  readonly only?: string;
}

const folder = path.join(import.meta.dirname, 'cases');

/** All cases, in the order of the files. */
export function failingBuilds(): readonly FailingBuild[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const kind = file.replace(/\.txt$/, '');
      return text
        .split(/^=== /m)
        .slice(1)
        .map((part) => readCase(kind, part));
    });
}

/** `title | key=value …`, the Dockerfile, and files after lines with `--- path`. */
function readCase(kind: string, part: string): FailingBuild {
  const lineEnd = part.indexOf('\n');
  const [title = '', settings = ''] = part.slice(0, lineEnd).split(' | ');
  const [source = '', ...files] = part.slice(lineEnd + 1).split(/^--- /m);
  const { text, spans } = parseMarks(source);
  const [expected] = spans;
  if (expected === undefined) throw new Error(`No mark in ${kind}: ${title}`);
  const values = Object.fromEntries(
    settings.split(' ').map((one) => one.split('=') as [string, string]),
  );
  return {
    name: `${kind}: ${title}`,
    dockerfile: text,
    expected,
    files: files.map(readFile),
    ...(values.target !== undefined && { target: values.target }),
    ...(values.only !== undefined && { only: values.only }),
  };
}

function readFile(part: string): FailingBuild['files'][number] {
  const lineEnd = part.indexOf('\n');
  const [, name = '', encoding] = /^(.*?)( base64)?$/.exec(part.slice(0, lineEnd)) ?? [];
  const text = part.slice(lineEnd + 1);
  return { path: name, content: Buffer.from(text, encoding === undefined ? 'utf8' : 'base64') };
}

/** Writes the context of a case into an empty directory. */
export function writeContext(directory: string, { dockerfile, files }: FailingBuild): void {
  writeFileSync(path.join(directory, 'Dockerfile'), dockerfile);
  for (const { path: name, content } of files) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
