/** What happened in a build, collected from its events, as the formats print it. */
import type { BuildEvent, BuildFailure, StepState } from '../../../contract/build.ts';
import { LineTail } from './line-tail.ts';

export interface RecordedStep {
  readonly id: string;
  readonly name: string;
  readonly state: StepState;
  /** Milliseconds. */
  readonly duration: number;
}

/** Lines of output that are kept for a step; a build that fails shows the last ones. */
const mostLines = 2000;

/** Collects the events of one build. */
export class BuildRecord {
  readonly #steps = new Map<string, RecordedStep>();
  readonly #logs = new Map<string, LineTail>();
  #failure: BuildFailure | undefined;
  #image: Extract<BuildEvent, { kind: 'image' }> | undefined;
  #sent = { bytes: 0, files: 0 };

  add(event: BuildEvent): void {
    switch (event.kind) {
      case 'step':
        this.#step(event);
        break;
      case 'log':
        this.#logOf(event.id ?? '').add(event.text, event.stream);
        break;
      case 'sent':
        this.#sent = { bytes: event.bytes, files: event.files };
        break;
      case 'image':
        this.#image = event;
        break;
      case 'failed':
        this.#failure = event.failure;
        break;
      case 'progress':
      case 'warning':
        break;
    }
  }

  get failure(): BuildFailure | undefined {
    return this.#failure;
  }

  get image(): Extract<BuildEvent, { kind: 'image' }> | undefined {
    return this.#image;
  }

  /** What was sent of the build context. */
  get sent(): { readonly bytes: number; readonly files: number } {
    return this.#sent;
  }

  /** In the order in which they started. Steps that had not ended are canceled when the build ends. */
  get steps(): readonly RecordedStep[] {
    return [...this.#steps.values()].map((step) =>
      step.state === 'running' ? { ...step, state: 'canceled' } : step,
    );
  }

  /** The last lines that a step printed. */
  logOf(id: string): readonly string[] {
    return this.#logs.get(id)?.lines ?? [];
  }

  #step({ id, name, state, duration = 0 }: Extract<BuildEvent, { kind: 'step' }>): void {
    this.#steps.set(id, { id, name, state, duration });
  }

  #logOf(id: string): LineTail {
    const log = this.#logs.get(id) ?? new LineTail(mostLines);
    this.#logs.set(id, log);
    return log;
  }
}
