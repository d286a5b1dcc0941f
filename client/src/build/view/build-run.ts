/** One build from its start to its end. */
import { t } from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import type { BuildFailure, BuildRecord } from '../../../../contract/build.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError, isEngineError } from '../../engine/errors.ts';
import type { BuildStart } from '../../ui/builds.ts';
import type { BuiltDockerfile, FailurePlace } from './outcome.ts';
import { unreadDockerfile } from './outcome.ts';
import { plainText } from '../../../../server/src/text/control-sequences.ts';
import { BuildSteps, type Step } from './steps.ts';

export type BuildState = 'running' | 'done' | 'failed' | 'canceled';

/** Lines of the failed step that are looked through for the reason. */
const mostLogLines = 2000;

export class BuildRun {
  readonly start: BuildStart;
  readonly steps = new BuildSteps();
  /** The text that is built; undefined if it cannot be read here. */
  readonly text: string | undefined;
  startedAt = new Date();
  /** Its name in the history of the builder. */
  readonly ref = randomBytes(16).toString('hex');
  /** Where another program has run it; undefined for a build of this window. */
  elsewhere: 'terminal' | 'program' | undefined;
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
    const request = { ...this.start.request, ref: this.ref };
    try {
      for await (const event of engine.build(request, this.#stop.signal)) {
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

  /** Takes over a build that has ended in another program. */
  async replay(record: BuildRecord, dockerfile: BuiltDockerfile): Promise<void> {
    const { createdAt, completedAt = createdAt, events, failure } = record;
    // Only buildx leaves the paths, and it is used in terminals and by scripts.
    this.elsewhere = record.paths === undefined ? 'program' : 'terminal';
    this.startedAt = new Date(createdAt);
    this.#milliseconds = Math.max(0, completedAt - createdAt);
    this.dockerfile = dockerfile;
    for (const event of events) this.steps.apply(event, this.#milliseconds);
    if (failure === undefined) return this.#finish('done');
    this.steps.apply({ kind: 'failed', failure }, this.#milliseconds);
    this.error = new EngineError('failed', failure.message);
    return this.#finish('failed');
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
    await this.#finish(state);
  }

  async #finish(state: BuildState): Promise<void> {
    this.steps.end(this.milliseconds);
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
