/** Which shell a container has. */
import { t } from '@vscode/l10n';
import type { Container, Duplex, Engine, ExecOptions } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';

/** The best shell of a running container, as a command; rejects with a way forward where it has none. */
export async function shellOf(engine: Engine, container: string): Promise<readonly string[]> {
  const { os } = await engine.version();
  for (const shell of os === 'windows' ? windowsShells : unixShells) {
    if (await runs(engine, container, shell.probe)) return shell.command;
  }
  throw new EngineError(
    'failed',
    t(
      'This container has no shell: its image holds the program and little else (distroless or FROM scratch). Look at its files and logs instead, or build it from a base image with a shell, such as the -debug variant',
    ),
  );
}

/** A shell in a terminal of its own, and what that is called; as the container's own user unless said. */
export async function openShell(
  engine: Engine,
  { id, name }: Pick<Container, 'id' | 'name'>,
  place: Pick<ExecOptions, 'user' | 'workdir'> = {},
): Promise<{ readonly name: string; readonly stream: Duplex }> {
  const argv = await shellOf(engine, id);
  const program = argv[0]?.split('/').at(-1) ?? '';
  const stream = await engine.exec(id, argv, {
    tty: true,
    env: ['TERM=xterm-256color'],
    ...place,
  });
  const who = place.user === undefined ? '' : `${place.user}@`;
  return { name: `${who}${name}: ${program}`, stream };
}

interface Shell {
  readonly command: readonly string[];
  /** Ends at once with 0 where the shell is there. */
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

async function runs(engine: Engine, container: string, argv: readonly string[]): Promise<boolean> {
  try {
    const process = await engine.exec(container, argv, { tty: false });
    process.end();
    return await succeeded(process);
  } catch (error) {
    // Newer engines refuse what they cannot find; all else is for the person.
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

/** What it prints is read, as its end stands behind it. */
async function succeeded(process: Duplex): Promise<boolean> {
  const output = process.output[Symbol.asyncIterator]();
  while ((await output.next()).done !== true);
  return (await process.exit) === 0;
}
