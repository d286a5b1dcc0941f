/** Runs scripts with the shell of a container, as root, without a terminal. */
import type { Duplex, Engine } from '../engine.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { t } from '@vscode/l10n';
import { bytesOfText } from './names.ts';

export interface ProgramResult {
  readonly code: number;
  /** Standard output, unless it was read; the scripts discard standard error or add it to this. */
  readonly output: Buffer;
  /** Whether output was cut at the limit. */
  readonly isCut: boolean;
}

export interface ProgramOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of output. */
  readonly limit?: number;
  /** Gets the output in place of the result, without a limit. */
  readonly read?: (part: Uint8Array) => void;
  /** Standard input. What is not needed of a stream is not read; its errors end the program. */
  readonly input?: Uint8Array | AsyncIterable<Uint8Array>;
}

/** The line of a script after which programs of the system are found before those that a container adds to its `PATH`. */
const systemPath = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH\n';

/** Variables without which the output and the work of programs would depend on the container. */
export const programEnvironment: readonly string[] = ['LC_ALL=C', 'QUOTING_STYLE=literal', 'CDPATH=', 'TAR_OPTIONS=']; // prettier-ignore

/** Containers in which no shell could be run, by engine. */
const withoutShell = new WeakMap<Engine, Set<string>>();

/** Exit codes of the engine for programs that do not exist or cannot be run. */
const cannotRun = new Set([126, 127]);

/**
 * Runs a POSIX script with `arguments` as `$1` and so on, each as text for `printf %b`, because the request cannot contain other
 * bytes than UTF-8. Resolves to undefined if the container is not running or has no shell; rejects with EngineError.
 */
export async function runScript(
  engine: Engine,
  container: string,
  script: string,
  values: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult | undefined> {
  if (withoutShell.get(engine)?.has(container)) return undefined;
  const argv = shellCommand(script, values);
  try {
    const result = await run(engine, container, argv, options);
    if (!cannotRun.has(result.code)) return result;
  } catch (error) {
    if (!isEngineError(error) || (error.kind !== 'conflict' && error.kind !== 'failed'))
      throw error;
    // Not running, or paused.
    if (error.kind === 'conflict') return undefined;
    if (!isMissingProgram(error)) throw error;
  }
  const known = withoutShell.get(engine) ?? new Set();
  withoutShell.set(engine, known.add(container));
  return undefined;
}

/** The arguments that run a script with values, like `runScript`. */
export function shellCommand(script: string, values: readonly string[]): readonly string[] {
  return ['/bin/sh', '-c', systemPath + script, 'sh', ...values.map(escapeBytes)];
}

/** Newer engines refuse to start a program that does not exist; older ones write the reason as its output. */
function isMissingProgram({ message }: EngineError): boolean {
  return /executable file not found|no such file or directory|permission denied|exec format error/i.test(message); // prettier-ignore
}

async function run(
  engine: Engine,
  container: string,
  argv: readonly string[],
  { signal, limit = 64 * 1024 * 1024, read, input }: ProgramOptions,
): Promise<ProgramResult> {
  const process = await engine.exec(container, argv, {
    tty: false,
    user: '0',
    env: programEnvironment,
  });
  const abort = (): void => process.close();
  signal?.addEventListener('abort', abort, { once: true });
  const sending = new Sending(process, input);
  try {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of process.output) {
      if (read !== undefined) {
        read(part);
        continue;
      }
      parts.push(part);
      size += part.length;
      if (size > limit) {
        process.close();
        return { code: 0, output: Buffer.concat(parts), isCut: true };
      }
    }
    await sending.end();
    if (signal?.aborted === true) throw new EngineError('cancelled', t('Cancelled'));
    return { code: await process.exit, output: Buffer.concat(parts), isCut: false };
  } catch (error) {
    await sending.end();
    if (signal?.aborted === true) throw new EngineError('cancelled', t('Cancelled'));
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Writes the input of a process while its output is read. */
class Sending {
  readonly #process: Duplex;
  readonly #done: Promise<void>;
  #hasEnded = false;
  #failure: unknown;

  constructor(process: Duplex, input: ProgramOptions['input']) {
    this.#process = process;
    this.#done = this.#send(input).catch((error: unknown) => {
      this.#failure = error;
      process.close();
    });
  }

  /** To be called when the process has ended. Rejects with an error of the input. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#done;
    if (this.#failure !== undefined) throw this.#failure as Error;
  }

  async #send(input: ProgramOptions['input']): Promise<void> {
    if (input instanceof Uint8Array) {
      if (input.length > 0) this.#process.write(input);
    } else if (input !== undefined) {
      for await (const chunk of input) {
        if (this.#hasEnded) return;
        this.#process.write(chunk);
        await this.#process.drained?.();
      }
    }
    this.#process.end();
  }
}

/** Text for `printf %b`: everything but plain ASCII as `\0` and octal digits. */
export function escapeBytes(text: string): string {
  if (/^[\x20-\x5b\x5d-\x7e]*$/.test(text)) return text;
  return [...bytesOfText(text)]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\0${byte.toString(8).padStart(3, '0')}`,
    )
    .join('');
}

/** A line of a script that puts the argument with this number into a variable. */
export function argument(variable: string, number: number): string {
  return `${variable}=$(printf '%bx' "$${String(number)}"); ${variable}=\${${variable}%x}\n`;
}
