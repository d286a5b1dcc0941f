/** The names of users and groups of a container, from its own files. */
import type { Engine } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import { unpackTar } from '../tar.ts';
import type { FileEntry } from './entry.ts';

/** Larger files are not read completely. */
const longestFile = 1 << 20;

/** Adds the names of owners that the archive does not contain. */
export async function withOwnerNames(
  engine: Engine,
  container: string,
  entries: readonly FileEntry[],
): Promise<readonly FileEntry[]> {
  if (!entries.some(({ user }) => user !== undefined)) return entries;
  const users = namesIn(await readSmallFile(engine, container, '/etc/passwd'));
  const groups = namesIn(await readSmallFile(engine, container, '/etc/group'));
  return entries.map((entry) => {
    const userName = users.get(entry.user ?? -1);
    const groupName = groups.get(entry.group ?? -1);
    return { ...entry, ...(userName && { userName }), ...(groupName && { groupName }) };
  });
}

/** Lines of the form `name:password:number:…`. */
function namesIn(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , number = ''] = line.split(':');
    if (name !== '' && /^\d+$/.test(number) && !names.has(Number(number)))
      names.set(Number(number), name);
  }
  return names;
}

/** Empty if the file cannot be read: an image need not have it. */
async function readSmallFile(engine: Engine, container: string, path: string): Promise<string> {
  try {
    for await (const { kind, content } of unpackTar(engine.readArchive(container, path)))
      return kind === 'file' && content !== undefined ? await startOf(content()) : '';
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
  return '';
}

async function startOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    parts.push(chunk);
    size += chunk.length;
    if (size > longestFile) break;
  }
  return Buffer.concat(parts).toString();
}
