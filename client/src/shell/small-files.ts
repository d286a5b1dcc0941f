/** Reads small text files of a container, which does not need a shell and need not run. */
import type { Engine } from '../engine/engine.ts';
import { isConnectionError } from '../engine/errors.ts';
import { unpackTar } from '../engine/tar.ts';

/** Larger files are ignored; in bytes. */
const maxSize = 1_000_000;

/** Links are followed once. Empty if the file does not exist or cannot be read; rejects only if the connection is lost. */
export async function readSmallFile(
  engine: Engine,
  container: string,
  path: string,
): Promise<string> {
  try {
    const { kind, linkTarget } = await engine.stat(container, path);
    return await textOf(engine, container, kind === 'link' && linkTarget ? linkTarget : path);
  } catch (error) {
    if (isConnectionError(error)) throw error;
    return '';
  }
}

async function textOf(engine: Engine, container: string, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const { content, size } of unpackTar(engine.readArchive(container, path))) {
    if (content === undefined || size > maxSize) return '';
    for await (const chunk of content()) text += decoder.decode(chunk, { stream: true });
  }
  return text;
}
