/** One build from its start to its end. */
import { t } from '@vscode/l10n';
import type { BuildFailure } from '../../../../contract/build.ts';
import type { Engine } from '../../engine/engine.ts';
import { isEngineError } from '../../engine/errors.ts';
import type { BuildStart } from '../../ui/builds.ts';
import type { BuiltDockerfile, FailurePlace } from './outcome.ts';
import { unreadDockerfile } from './outcome.ts';
import { plainText } from './step-log.ts';
import { BuildSteps, type Step } from './steps.ts';

export type BuildState = 'running' | 'done' | 'failed' | 'canceled';

/** Lines of the failed step that are looked through for the reason. */
const mostLogLines = 2000;

export class BuildRun {
  readonly start: BuildStart;
  readonly steps = new BuildSteps();
  /** The text that is built; undefined if it cannot be read here. */
  readonly text: string | undefined;
  readonly startedAt = new Date();
  state: BuildState = 'running';
  /** Milliseconds; final once the build has ended. */
  #milliseconds: number | undefined;
  readonly #began = performance.now();
  dockerfile: BuiltDockerfile = unreadDockerfile;
  place: FailurePlace | undefined;
  /** The error that ended the build. */
  error: unknown;
  /** Called after each change. */
  onChange: () => void = () => undefined;
  readonly #stop = new AbortController();

  constructor(start: BuildStart, text: string | undefined) {
    this.start = start;
    this.text = text;
  }

  get milliseconds(): number {
    return this.#milliseconds ?? performance.now() - this.#began;
  }

  cancel(): void {
    this.#stop.abort();
  }

  /** Resolves when the build has ended, in whatever way. */
  async run(engine: Engine, dockerfile: Promise<BuiltDockerfile>): Promise<void> {
    const known = dockerfile.then((read) => {
      this.dockerfile = read;
      this.onChange();
    });
    try {
      for await (const event of engine.build(this.start.request, this.#stop.signal)) {
        this.steps.apply(event, this.milliseconds);
        this.onChange();
      }
      await this.#end('done', known);
    } catch (error) {
      this.error = error;
      const isCancelled =
        this.#stop.signal.aborted || (isEngineError(error) && error.kind === 'cancelled');
      await this.#end(isCancelled ? 'canceled' : 'failed', known);
    }
  }

  /** The step that failed. */
  get failedStep(): Step | undefined {
    const { failure } = this.steps;
    const known = failure?.step && this.steps.step(failure.step.id);
    // A step that was cancelled because of another one may also count as failed.
    const failed = this.steps.steps.filter(({ state }) => state === 'failed');
    return (
      known ??
      failed.find(({ error = '' }) => error !== '' && this.errorMessage.includes(error)) ??
      failed.at(-1)
    );
  }

  /** The builder's reason, as one line. */
  get errorMessage(): string {
    const message = this.error instanceof Error ? this.error.message : '';
    return plainText(message.split('\n').find((line) => line.trim() !== '') ?? message);
  }

  async #end(state: BuildState, dockerfile: Promise<void>): Promise<void> {
    this.#milliseconds = performance.now() - this.#began;
    await dockerfile;
    this.steps.end(this.#milliseconds);
    if (state === 'failed') this.place = await this.#findPlace().catch(() => undefined);
    this.state = state;
    this.onChange();
  }

  async #findPlace(): Promise<FailurePlace | undefined> {
    const step = this.failedStep;
    const failure: BuildFailure = this.steps.failure ?? {
      message: this.errorMessage,
      ...(step && { step: { id: step.id, name: step.name } }),
      sources: [],
    };
    const log = step === undefined ? '' : step.log.text((lines) => `… ${lines} …`);
    return this.dockerfile.placeOf({ failure, log });
  }
}

/** The last lines of the output, without control sequences. */
export function logLines({ log }: Step): readonly string[] {
  const lines = log.text((omitted) => t('… lines left out: {0} …', omitted)).split('\n');
  return lines.slice(-mostLogLines).map(plainText);
}
