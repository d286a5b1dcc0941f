/** A live BuildKit that is asked what it thinks of a Dockerfile: accepted, or refused with message and line. */
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

export interface Refusal {
  readonly message: string;
  /** The first line that it names, if it names one. */
  readonly line: number | undefined;
}

export interface Judge {
  readonly version: string;
  /** Undefined when it accepts the file. */
  ask(dockerfile: string): Promise<Refusal | undefined>;
  stop(): Promise<void>;
}

export async function buildKit(base: string): Promise<Judge | undefined> {
  return onNewerEngine((engine) => judge(engine, base));
}

/** Why it cannot be had is said once; under continuous integration it is a failure, unless no change of ours could mend it. */
export async function onNewerEngine<T>(
  make: (engine: NewerEngine) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await make(await startNewerEngine());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.CI && !(error instanceof Unavailable)) {
      throw new Error(`No BuildKit to ask: ${reason}`, { cause: error });
    }
    console.log(`Skipped, no BuildKit to ask: ${reason}`);
    return undefined;
  }
}

const run = promisify(execFile);

async function judge(engine: NewerEngine, base: string): Promise<Judge> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-judge-'));
  const stop = async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const docker = async (...args: string[]) =>
    (await run('docker', args, { env: engine.env, cwd: folder })).stdout;
  try {
    // No registry is asked: an image of one empty file is what stages begin with.
    const tar = path.join(folder, 'base.tar');
    await writeFile(tar, packTar([{ name: 'file', kind: 'file', mode: 0o644, size: 0, content }]));
    await docker('import', tar, base);
    await mkdir(path.join(folder, 'context'));
    const version = (await docker('version', '--format', '{{.Server.Version}}')).trim();
    let count = 0;
    const ask = async (dockerfile: string) => {
      const file = path.join(folder, `${count++}.Dockerfile`);
      await writeFile(file, dockerfile);
      const format = '--call=check,format=json';
      const args = ['buildx', 'build', format, '--file', file, path.join(folder, 'context')];
      // Whoever refuses a file exits with 1, and says why on its standard output all the same.
      const said = await docker(...args).catch(
        (error: unknown) => (error as { stdout: string }).stdout,
      );
      return refusal(said);
    };
    return { version, ask, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* content(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array();
}

function refusal(said: string): Refusal | undefined {
  const { buildError } = JSON.parse(said) as {
    readonly buildError?: {
      readonly message: string;
      readonly location?: { readonly ranges?: readonly { readonly start: { line: number } }[] };
    };
  };
  if (buildError === undefined) return undefined;
  return { message: buildError.message, line: buildError.location?.ranges?.[0]?.start.line };
}
