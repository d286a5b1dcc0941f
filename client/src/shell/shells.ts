/** Finds and opens the shell of a container. */
import { t } from '@vscode/l10n';
import type { Container, Duplex, Engine, ExecOptions } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';

/** The command of the best shell in a running container; rejects with advice if there is none. */
export async function shellOf(engine: Engine, container: string): Promise<readonly string[]> {
  const { os } = await engine.version();
  for (const shell of os === 'windows' ? windowsShells : unixShells) {
    if (await canRun(engine, container, shell.probe)) return shell.command;
  }
  const reason = t('the image does not contain a shell (distroless or FROM scratch).');
  const advice = t(
    'Use a base image with a shell, such as a -debug variant, or use the logs and files of the container.',
  );
  throw new EngineError('failed', `${reason} ${advice}`);
}

/** Opens a shell; resolves to its stream and the name of its terminal. Runs as the user of the container unless another is given. */
export async function openShell(
  engine: Engine,
  { id, name }: Pick<Container, 'id' | 'name'>,
  options: Pick<ExecOptions, 'user' | 'workdir'> = {},
): Promise<{ readonly name: string; readonly stream: Duplex }> {
  const argv = await shellOf(engine, id);
  const program = argv[0]?.split('/').at(-1) ?? '';
  const stream = await engine.exec(id, argv, {
    tty: true,
    env: ['TERM=xterm-256color'],
    ...options,
  });
  const who = options.user === undefined ? '' : `${options.user}@`;
  return { name: `${who}${name}: ${program}`, stream };
}

interface Shell {
  readonly command: readonly string[];
  /** Exits immediately with code 0 if the shell exists. */
  readonly probe: readonly string[];
}

const unixShells: readonly Shell[] = ['bash', 'ash', 'sh', '/busybox/sh'].map((name) => ({
  command: [name],
  probe: [name, '-c', 'exit 0'],
}));

const windowsShells: readonly Shell[] = [
  { command: ['pwsh'], probe: ['pwsh', '-NoProfile', '-Command', 'exit 0'] },
  { command: ['powershell'], probe: ['powershell', '-NoProfile', '-Command', 'exit 0'] },
  { command: ['cmd'], probe: ['cmd', '/c', 'exit 0'] },
];

async function canRun(
  engine: Engine,
  container: string,
  argv: readonly string[],
): Promise<boolean> {
  try {
    const process = await engine.exec(container, argv, { tty: false });
    process.end();
    return await exitedWithZero(process);
  } catch (error) {
    // Newer engines reject a program that they cannot find. Other errors are reported.
    if (isEngineError(error) && error.kind === 'failed') return false;
    if (
      isEngineError(error) &&
      error.kind === 'missing' &&
      /executable|not found/.test(error.message)
    ) {
      return false;
    }
    throw error;
  }
}

/** Reads all output, because the exit code is available only after it. */
async function exitedWithZero(process: Duplex): Promise<boolean> {
  const output = process.output[Symbol.asyncIterator]();
  while ((await output.next()).done !== true);
  return (await process.exit) === 0;
}
