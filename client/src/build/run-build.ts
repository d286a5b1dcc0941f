/** Runs a build, and shows it until the user closes it. */
import type { BuildResult, BuildStart } from '../ui/builds.ts';
import type { Tools } from '../ui/tools.ts';

export type { BuildResult, BuildStart } from '../ui/builds.ts';

/**
 * Builds, and shows the build in a page. Undefined if no image was created and the user knows why; rejects with EngineError
 * if the engine cannot be reached or requires something of the user.
 */
export async function runBuild(tools: Tools, start: BuildStart): Promise<BuildResult | undefined> {
  return (await tools.builds()).run(start);
}
