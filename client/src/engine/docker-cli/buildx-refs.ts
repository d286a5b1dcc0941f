/** The files in which buildx remembers where a build was started: `buildx/refs/<builder>/<node>/<ref>`. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { configDirectory, currentEnvironment, readJson, type Environment } from './config-file.ts';
import { textAt } from './json.ts';

/** Undefined if buildx has not started this build on this machine. */
export async function buildxPaths(
  ref: string,
  environment: Environment = currentEnvironment(),
): Promise<{ readonly context: string; readonly dockerfile: string } | undefined> {
  if (!/^[a-z0-9]+$/.test(ref)) return undefined;
  const folder = join(configDirectory(environment), 'buildx/refs');
  for (const builder of await namesIn(folder)) {
    for (const node of await namesIn(join(folder, builder))) {
      const json = await readJson(join(folder, builder, node, ref)).catch(() => undefined);
      const context = json && textAt(json, 'LocalPath');
      if (json === undefined || context === undefined) continue;
      const dockerfile = textAt(json, 'DockerfilePath') ?? join(context, 'Dockerfile');
      return { context, dockerfile };
    }
  }
  return undefined;
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
