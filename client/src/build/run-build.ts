/** Runs a build, and shows it until the user closes it. */
import { t } from '@vscode/l10n';
import type { BuildEvent, BuildRequest } from '../../../contract/build.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import type { Tools } from '../ui/tools.ts';
import { createProgressFormatter } from './progress.ts';

export interface BuildStart {
  readonly request: BuildRequest;
  /** What is built: the first tag, or the name of the Dockerfile. */
  readonly title: string;
  /** The same build as a command, without secrets. */
  readonly line?: string;
}

export interface BuildResult {
  readonly imageId?: string;
  readonly milliseconds: number;
}

/** Builds in a terminal; closing the terminal cancels the build. Rejects with EngineError if no image was created. */
export async function runBuild(tools: Tools, start: BuildStart): Promise<BuildResult> {
  const engine = await tools.engine();
  const startedAt = Date.now();
  const imageId = await new Promise<string | undefined>((resolve, reject) => {
    tools.editor.openOutputTerminal(
      t('Build {0}', start.title),
      'package',
      async (print, signal) => {
        try {
          resolve(await printBuild(engine, start, { print, signal }));
        } catch (error) {
          reject(signal.aborted ? new EngineError('cancelled', t('Cancelled')) : toError(error));
        }
      },
    );
  });
  const milliseconds = Date.now() - startedAt;
  return { milliseconds, ...(imageId !== undefined && { imageId }) };
}

/** Resolves to the id of the image. */
async function printBuild(
  engine: Engine,
  { request, title }: BuildStart,
  { print, signal }: { readonly print: (format: string) => void; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const text = createProgressFormatter();
  let failedStep: Extract<BuildEvent, { kind: 'step' }> | undefined;
  let imageId: string | undefined;
  try {
    for await (const event of engine.build(request, signal)) {
      if (event.kind === 'step' && event.state === 'failed') failedStep = event;
      if (event.kind === 'image') imageId = event.id;
      print(text(event));
    }
    return imageId;
  } catch (error) {
    if (signal.aborted) print(`\n${t('Cancelled. No image was created.')}\n`);
    if (!isEngineError(error) || error.kind !== 'failed') throw error;
    if (failedStep === undefined) print(`\n${error.message}\n`);
    throw new EngineError('failed', failureMessage(title, failedStep?.name, error.message), error);
  }
}

/** One sentence with the tag, the failed step and the reason. */
function failureMessage(tag: string, step: string | undefined, error: string): string {
  const reason = error.split('\n').find((line) => line.trim() !== '') ?? error;
  return step === undefined
    ? t('Could not build {0}: {1}', tag, reason)
    : t('Could not build {0}: step "{1}" failed: {2}', tag, step, reason);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
