/** The state of a build, from its events. */
import type { BuildEvent, BuildFailure, StepState } from '../../../../contract/build.ts';
import { StepLog } from './step-log.ts';

/** A part of a step: a layer that is downloaded, or files that are transferred. */
export interface StepPart {
  readonly item: string;
  readonly action: string;
  /** Bytes. */
  readonly current: number;
  readonly total?: number;
  readonly done: boolean;
}

export interface Step {
  readonly id: string;
  /** As the builder names it. */
  readonly name: string;
  readonly state: StepState;
  /** Milliseconds since the build began. */
  readonly startedAt: number;
  /** Milliseconds; present if the step has ended. */
  readonly duration?: number;
  readonly error?: string;
  readonly log: StepLog;
  /** In the order of their first event. */
  readonly parts: ReadonlyMap<string, StepPart>;
}

type StepDraft = { -readonly [K in keyof Step]: Step[K] } & { parts: Map<string, StepPart> };

export interface BuildWarning {
  readonly text: string;
  readonly line?: number;
  readonly url?: string;
}

/** A frontend can report any number of parts and warnings. */
const mostParts = 200;
const mostWarnings = 100;
const mostSteps = 2000;

/** Collects events. Memory is bounded, however many events there are. */
export class BuildSteps {
  readonly #steps = new Map<string, StepDraft>();
  readonly warnings: BuildWarning[] = [];
  /** Output that belongs to no step. */
  readonly log = new StepLog();
  sent: Extract<BuildEvent, { kind: 'sent' }> | undefined;
  imageId: string | undefined;
  failure: BuildFailure | undefined;

  /** In the order in which they were first reported. */
  get steps(): readonly Step[] {
    return [...this.#steps.values()];
  }

  step(id: string): Step | undefined {
    return this.#steps.get(id);
  }

  /** `now` is in milliseconds since the build began. */
  apply(event: BuildEvent, now: number): void {
    switch (event.kind) {
      case 'step':
        this.#applyStep(event, now);
        break;
      case 'log':
        this.#logOf(event.id).append(event.text, event.stream);
        break;
      case 'progress':
        this.#applyPart(event);
        break;
      case 'warning':
        if (this.warnings.length < mostWarnings) this.warnings.push(event);
        break;
      case 'sent':
        this.sent = event;
        break;
      case 'image':
        this.imageId = event.id;
        break;
      case 'failed':
        this.failure = event.failure;
    }
  }

  /** Ends the steps that still run, when the build has ended without an event for them. */
  end(now: number): void {
    for (const step of this.#steps.values()) {
      if (step.state !== 'running') continue;
      step.state = 'canceled';
      step.duration = Math.max(0, now - step.startedAt);
    }
  }

  #applyStep(event: Extract<BuildEvent, { kind: 'step' }>, now: number): void {
    const { id, name, state, duration, error } = event;
    const step = this.#steps.get(id);
    if (step === undefined) {
      if (this.#steps.size >= mostSteps) return;
      this.#steps.set(id, {
        id,
        name,
        state,
        startedAt: now - (duration ?? 0),
        log: new StepLog(),
        parts: new Map(),
        ...(state !== 'running' && { duration: duration ?? 0 }),
        ...(error !== undefined && { error }),
      });
      return;
    }
    step.name = name;
    step.state = state;
    if (state === 'running') delete step.duration;
    else step.duration = duration ?? Math.max(0, now - step.startedAt);
    if (error !== undefined) step.error = error;
  }

  #applyPart({
    id,
    item,
    action,
    current,
    total,
    done,
  }: Extract<BuildEvent, { kind: 'progress' }>): void {
    const parts = this.#steps.get(id)?.parts;
    if (parts === undefined || (parts.size >= mostParts && !parts.has(item))) return;
    const before = parts.get(item);
    parts.set(item, {
      item,
      action,
      // A layer that is extracted after it was downloaded starts again from 0, but has the same size.
      current,
      ...(total !== undefined ? { total } : before?.total !== undefined && { total: before.total }),
      done,
    });
  }

  #logOf(id: string | undefined): StepLog {
    return (id === undefined ? undefined : this.#steps.get(id)?.log) ?? this.log;
  }
}

/** Bytes of the layers of a step that have arrived, and of all; undefined if the step downloads nothing. */
export function downloadOf(step: Step):
  | {
      readonly done: number;
      readonly layers: number;
      readonly current: number;
      readonly total: number;
    }
  | undefined {
  const layers = [...step.parts.values()].filter(({ total }) => total !== undefined && total > 0);
  if (layers.length === 0) return undefined;
  const sum = (value: (part: StepPart) => number) =>
    layers.reduce((all, part) => all + value(part), 0);
  return {
    done: layers.filter(({ done }) => done).length,
    layers: layers.length,
    current: sum(({ current, total = 0, done }) => (done ? total : Math.min(current, total))),
    total: sum(({ total = 0 }) => total),
  };
}
