/** A running BuildKit that checks Dockerfiles and returns the message and the line of an error. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { packTar } from '../../client/src/engine/tar.ts';
import {
  startNewerEngine,
  Unavailable,
  type NewerEngine,
} from '../../scripts/setup/newer-engine.mts';

export interface BuildKitError {
  readonly message: string;
  /** The first line of the error, if BuildKit names one. */
  readonly line: number | undefined;
}

export interface BuildKit {
  readonly version: string;
  /** Undefined if BuildKit accepts the file. */
  check(dockerfile: string): Promise<BuildKitError | undefined>;
  stop(): Promise<void>;
}

export async function startBuildKit(base: string): Promise<BuildKit | undefined> {
  return withNewerEngine((engine) => createBuildKit(engine, base));
}

/** Prints once why no engine is available. In continuous integration this is an error, unless the cause is outside the project. */
export async function withNewerEngine<T>(
  make: (engine: NewerEngine) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await make(await startNewerEngine());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.CI && !(error instanceof Unavailable)) {
      throw new Error(`BuildKit is not available: ${reason}`, { cause: error });
    }
    console.log(`Skipped, BuildKit is not available: ${reason}`);
    return undefined;
  }
}

const run = promisify(execFile);

async function createBuildKit(engine: NewerEngine, base: string): Promise<BuildKit> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-judge-'));
  const stop = async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const docker = async (...args: string[]) =>
    (await run('docker', args, { env: engine.env, cwd: folder })).stdout;
  try {
    // The base image is one empty file, so no registry is needed.
    const tar = path.join(folder, 'base.tar');
    await writeFile(tar, packTar([{ name: 'file', kind: 'file', mode: 0o644, size: 0, content }]));
    await docker('import', tar, base);
    await mkdir(path.join(folder, 'context'));
    const version = (await docker('version', '--format', '{{.Server.Version}}')).trim();
    let count = 0;
    const check = async (dockerfile: string) => {
      const file = path.join(folder, `${count++}.Dockerfile`);
      await writeFile(file, dockerfile);
      const format = '--call=check,format=json';
      const args = ['buildx', 'build', format, '--file', file, path.join(folder, 'context')];
      // For a Dockerfile with an error, docker exits with 1 and still prints the result to standard output.
      const output = await docker(...args).catch(
        (error: unknown) => (error as { stdout: string }).stdout,
      );
      return parseError(output);
    };
    return { version, check, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* content(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array();
}

function parseError(output: string): BuildKitError | undefined {
  const { buildError } = JSON.parse(output) as {
    readonly buildError?: {
      readonly message: string;
      readonly location?: { readonly ranges?: readonly { readonly start: { line: number } }[] };
    };
  };
  if (buildError === undefined) return undefined;
  return { message: buildError.message, line: buildError.location?.ranges?.[0]?.start.line };
}
