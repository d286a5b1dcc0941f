/** `drydock build`: reads the arguments of `docker build`, builds, and prints the result. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import { printable } from '../../../server/src/cli/printable.ts';
import type { BuildRequest } from '../../../contract/build.ts';
import { specOfWords } from '../build/line.ts';
import { isOff } from '../build/program.ts';
import {
  contextOf,
  isRemote,
  optionsWithoutEffect,
  requestOf,
  resultFiles,
} from '../build/request.ts';
import { withValues, valueOf, valuesOf, type BuildSpec } from '../build/spec.ts';
import type { LineContext } from '../command-line/words.ts';
import { writeResultFiles } from '../build/result-files.ts';
import { isOn } from '../build/options/option.ts';
import { isConnectionError, isEngineError } from '../engine/errors.ts';
import { describeFailure } from '../ui/failure-message.ts';
import { help, readArguments, type FormatName } from './arguments.ts';
import { BuildRecord } from './record.ts';
import { reportOf } from './outcome.ts';
import { printerOf } from './printer.ts';
import type { Io } from './io.ts';

export type ExitCode = 0 | 1 | 2;

/** What prevents the start of a build: its message is printed, and the exit code is 2. */
class CannotStart extends Error {}

/** The arguments are wrong; the help says how they are written. */
class WrongUse extends CannotStart {}

/** The user has canceled it before it started. */
class Cancelled extends Error {}

/** The exit code: 0 built, 1 the build failed or was canceled, 2 invalid arguments, no engine, or no context. */
export async function buildMain(argv: readonly string[], io: Io): Promise<ExitCode> {
  const args = readArguments(argv);
  switch (args.kind) {
    case 'help':
      io.out(help());
      return 0;
    case 'wrong':
      return refused(io, new WrongUse(args.message));
    case 'build':
      try {
        return await buildImage(args.words, args.format, io);
      } catch (error) {
        if (error instanceof CannotStart) return refused(io, error);
        if (!(error instanceof Cancelled)) throw error;
        io.err(`drydock: ${t('Cancelled')}\n`);
        return 1;
      }
  }
}

function refused(io: Io, error: CannotStart): 2 {
  const isWrongUse = error instanceof WrongUse;
  const hint = isWrongUse ? `${t('For more information, try drydock build --help')}\n` : '';
  io.err(`drydock: ${printable(error.message)}\n${hint}`);
  return 2;
}

async function buildImage(words: readonly string[], format: FormatName, io: Io): Promise<ExitCode> {
  const context: LineContext = { folder: io.cwd, variables: { HOME: io.home, ...io.env } };
  const spec = readSpec(words, io);
  const request = await requestFor(spec, context, io);
  const engine = await unlessCancelled(io.connect(), io.signal).catch((error: unknown) => {
    throw error instanceof Cancelled ? error : new CannotStart(reasonOf(error));
  });
  const printer = printerOf(format, isOn(valuesOf(spec, 'quiet')), io);
  const record = new BuildRecord();
  let error: unknown;
  try {
    for await (const event of engine.build(request, io.signal)) {
      record.add(event);
      printer.event(event);
    }
  } catch (reason) {
    error = reason;
    // Without a failure of the build itself, the engine cannot be reached, or refuses the options.
    const isStarted = record.steps.length > 0;
    if (!isStarted && isConnectionError(reason)) throw new CannotStart(reasonOf(reason));
    // The builder that was named cannot be used.
    const isOfBuilder = request.builder !== undefined && record.failure === undefined;
    if (!isStarted && isOfBuilder && !io.signal.aborted && isEngineError(reason))
      throw new CannotStart(reason.message);
  }
  const report = await reportOf({ record, request, engine, error, cwd: io.cwd });
  if (report.image !== null)
    await writeResultFiles(resultFiles(spec, context), request, record.image);
  printer.end(report);
  return report.error === null ? 0 : 1;
}

function readSpec(words: readonly string[], io: Io): BuildSpec {
  const { spec, troubles } = specOfWords(words);
  const [error] = troubles.filter(({ severity }) => severity === 'error');
  if (error !== undefined) throw new WrongUse(error.message);
  const [unknown] = spec.unknown;
  if (unknown !== undefined) throw new WrongUse(t('Unknown option {0}', unknown[0] ?? ''));
  for (const { message } of troubles) io.err(`drydock: ${printable(message)}\n`);
  for (const option of optionsWithoutEffect(spec))
    io.err(`drydock: ${printable(t('{0} has no effect on this build', option))}\n`);
  return spec;
}

/** The request, after a check that what it reads exists. */
async function requestFor(spec: BuildSpec, context: LineContext, io: Io): Promise<BuildRequest> {
  if (spec.context === '')
    throw new WrongUse(t('Missing path: the build context is a directory or an address'));
  if (spec.context === '-')
    throw new CannotStart(
      t('A build context from standard input is not supported; use a directory'),
    );
  const isInput = valueOf(spec, 'file') === '-';
  const given = requestOf(isInput ? withValues(spec, 'file', []) : spec, context);
  const request = withBuilder(given, spec, io);
  if (isRemote(spec.context)) return request;
  const { folder } = contextOf(spec, context);
  if (request.context.kind === 'directory') await checkDirectory(request.context.path, folder);
  if (isInput) return { ...request, dockerfileText: await inputOf(io) };
  const text = await readFile(request.dockerfile).catch((error: unknown) => {
    throw new CannotStart(t('Could not read {0}: {1}', request.dockerfile, reasonOf(error)));
  });
  return { ...request, dockerfileText: text };
}

async function inputOf(io: Io): Promise<Uint8Array> {
  return unlessCancelled(io.stdin(), io.signal).catch((error: unknown) => {
    if (error instanceof Cancelled) throw error;
    throw new CannotStart(t('Could not read {0}: {1}', t('standard input'), reasonOf(error)));
  });
}

/** Rejects at once when the user cancels, whatever the promise waits for. */
async function unlessCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const canceled = new Promise<never>((_, reject) => {
    const cancel = (): void => reject(new Cancelled());
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  // The one that loses must not count as unhandled.
  canceled.catch(() => undefined);
  promise.catch(() => undefined);
  return Promise.race([canceled, promise]);
}

/** Without an option, the builder of the environment, as with docker. */
function withBuilder(request: BuildRequest, spec: BuildSpec, { env }: Io): BuildRequest {
  const name = env.BUILDX_BUILDER ?? '';
  const isGiven = valueOf(spec, 'builder') !== undefined;
  if (!isGiven && isOff(env.DOCKER_BUILDKIT)) return { ...request, classicBuilder: true };
  return isGiven || name === '' || name === 'default' ? request : { ...request, builder: name };
}

async function checkDirectory(directory: string, folder = '.'): Promise<void> {
  const shown = path.relative(folder, directory) || directory;
  const found = await stat(directory).catch(() => undefined);
  if (found === undefined) throw new CannotStart(t('The build context {0} does not exist', shown));
  if (!found.isDirectory())
    throw new CannotStart(t('The build context {0} is not a directory', shown));
}

function reasonOf(error: unknown): string {
  if (isEngineError(error)) return describeFailure(error, '')?.message ?? error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? t('the file does not exist') : message;
}
