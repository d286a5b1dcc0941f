/** Builds with the docker CLI, to compare them with ours: with BuildKit in the CLI of Docker 20.10, or with buildx. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CliBuild {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs `docker build` with these arguments in an environment, which names the engine and the plugins. */
export async function cliBuild(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  docker = 'docker',
): Promise<CliBuild> {
  const options = { env: { ...env, DOCKER_BUILDKIT: '1' }, maxBuffer: 1 << 26 };
  const command = ['build', '--progress=plain', ...args];
  return run(docker, command, options).then(
    ({ stdout, stderr }) => ({ succeeded: true, output: stdout + stderr }),
    (error: unknown) => ({ succeeded: false, output: (error as Error).message }),
  );
}

/** The path of a docker CLI that contains BuildKit, in PATH or in /usr/bin; undefined if there is none. */
export async function cliWithBuildKit(): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  for (const file of new Set(folders.map((folder) => join(folder, 'docker')))) {
    if (!existsSync(file)) continue;
    const { stdout } = await run(file, ['--version']).catch(() => ({ stdout: '' }));
    const [, major] = /version (\d+)\./.exec(stdout) ?? [];
    // Newer ones need the plugin buildx.
    if (Number(major) >= 18 && Number(major) < 23) return file;
  }
  return undefined;
}
