import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildEvent, BuildRequest } from '../contract/build.ts';
import type { Engine } from '../client/src/engine/engine.ts';

/** Builds from a new directory with these files, which is removed in the end. */
export async function* buildFiles(
  engine: Engine,
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<BuildRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<BuildEvent, void, undefined> {
  const path = await mkdtemp(join(tmpdir(), 'drydock-build-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), content);
    }
    const dockerfile = join(path, 'Dockerfile');
    yield* engine.build(
      { context: { kind: 'directory', path }, dockerfile, tags: [], ...more },
      signal,
    );
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}
