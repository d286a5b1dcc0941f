/** Which open Dockerfile a build of another program belongs to. */
import { realpath } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import type { BuildRecord } from '../../../../contract/build.ts';
import type { OpenDockerfile } from '../../ui/builds.ts';

/** Longer texts are compared only for equality, in UTF-16 code units. */
const longestText = 1_000_000;

/**
 * The Dockerfile of the build: by its path if it is known, or else by its text. Undefined if none of these, or not only one
 * of them, can be it.
 */
export async function matchDockerfile(
  record: BuildRecord,
  open: readonly OpenDockerfile[],
): Promise<OpenDockerfile | undefined> {
  const path = record.paths?.dockerfile ?? '';
  const built = isAbsolute(path) ? await realPath(path) : undefined;
  if (built !== undefined) {
    const paths = await Promise.all(
      open.map(async (one) => (await realPath(one.path)) ?? one.path),
    );
    return open.find((_, index) => paths[index] === built);
  }
  // A file that was read from standard input, or a build that was started elsewhere.
  return record.dockerfile === undefined ? undefined : byText(record.dockerfile, record, open);
}

function byText(
  text: string,
  { attributes: { filename = '' } }: BuildRecord,
  open: readonly OpenDockerfile[],
): OpenDockerfile | undefined {
  const built = plain(text);
  const hasName = ({ path }: OpenDockerfile) => basename(path) === basename(filename);
  const equal = open.filter((one) => plain(one.text) === built);
  if (equal.length > 0) return only(equal) ?? only(equal.filter(hasName));
  if (text.length > longestText) return undefined;
  const lines = instructionLines(built);
  return only(open.filter((one) => hasName(one) && isSimilar(lines, one.text)));
}

/** Whether at least half of the lines are the same. */
function isSimilar(lines: readonly string[], text: string): boolean {
  if (text.length > longestText) return false;
  const own = instructionLines(plain(text));
  const left = new Map<string, number>();
  for (const line of own) left.set(line, (left.get(line) ?? 0) + 1);
  let same = 0;
  for (const line of lines) {
    const count = left.get(line) ?? 0;
    if (count === 0) continue;
    left.set(line, count - 1);
    same += 1;
  }
  return same * 2 >= Math.max(own.length, lines.length, 1);
}

/** Comments do not show what is built. */
function instructionLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
}

function only<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** Undefined if there is no such file. */
async function realPath(path: string): Promise<string | undefined> {
  return realpath(resolve(path)).catch(() => undefined);
}
