/**
 * Reads the logs of containers: first the existing lines, merged by time, then new ones as they arrive; through restarts, and when
 * a container is created again. Markers say what happened.
 */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { batchPart, copyBatch, type LogBatch } from '../engine/log-batch.ts';
import { Lane } from './lane.ts';
import { LaneEnds } from './lane-ends.ts';
import { isAborted, LogEvents, pause } from './log-events.ts';
import { startMarker, type Marker } from './markers.ts';
import { mergeBatches, mergeLogs } from './merge.ts';
import { laneNames } from './names.ts';
import { PastMarkers } from './past-markers.ts';

/** Which lines are read. Times are in whole seconds since 1970. */
export interface LogRange {
  readonly tail: number;
  readonly since?: number;
  /** New lines are not followed. */
  readonly until?: number;
}

interface FollowOptions {
  readonly engine: Engine;
  readonly range: LogRange;
  /** Whether lines were read before. */
  readonly again: boolean;
  readonly signal: AbortSignal;
}

export interface LogReaderOptions {
  readonly engine: () => Promise<Engine>;
  readonly containers: readonly Container[];
  /** A compose project of which new containers are shown, too. */
  readonly project?: string | undefined;
  readonly onLines: (source: number, batch: LogBatch, from: number, to: number) => void;
  readonly onMarker: (source: number, marker: Marker) => void;
  /** The state of the reader or of a container has changed. */
  readonly onChange: () => void;
}

/** New lines of several containers are collected for this long, and sorted by time. In milliseconds. */
const collectTime = 100;
/** Without lines for this long, the existing ones have been read. */
const idleTime = 250;
const firstWait = 500;
const longestWait = 5000;

export class LogReader {
  readonly #options: LogReaderOptions;
  readonly #events: LogEvents;
  lanes: Lane[];
  #control = new AbortController();
  /** Problems by lane. */
  readonly #problems = new Map<Lane, string>();
  #isReading = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #pending: { readonly source: number; readonly batch: LogBatch }[] = [];
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #past = new PastMarkers([]);
  readonly #ends: LaneEnds;

  constructor(options: LogReaderOptions) {
    this.#options = options;
    this.lanes = options.containers.map((container, index) => new Lane(index, container));
    this.#nameLanes();
    this.#ends = new LaneEnds({
      mark: (lane, marker) => this.#mark(lane, marker),
      onEnd: () => this.#markIdle(),
      onChange: options.onChange,
    });
    this.#events = new LogEvents({
      engine: options.engine,
      lanes: () => this.lanes,
      onOther: (container, time) => this.#onOther(container, time),
      onChange: options.onChange,
    });
  }

  /** Why a log cannot be read. */
  get problem(): string | undefined {
    return [...this.#problems.values()][0];
  }

  /** Whether the existing lines are being read. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Reads the lines of the range; lines that were read before belong to the caller. */
  start(range: LogRange): void {
    this.stop();
    this.#control = new AbortController();
    this.#problems.clear();
    for (const lane of this.lanes) lane.position.reset();
    this.#isReading = true;
    void this.#run(range, this.#control.signal);
  }

  stop(): void {
    this.#control.abort();
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#flushTimer);
    this.#idleTimer = undefined;
    this.#flushTimer = undefined;
    this.#pending = [];
    this.#past = new PastMarkers([]);
  }

  async #run(range: LogRange, signal: AbortSignal): Promise<void> {
    const engine = await this.#connect(signal);
    if (engine === undefined) return;
    const now = `${String(Date.now())}000000`;
    const past = await this.#events.past(engine, now, signal);
    if (isAborted(signal)) return;
    this.#past = new PastMarkers(past);
    if (range.until === undefined) void this.#events.follow(now, signal);
    this.#armIdle();
    if (this.lanes.length > 1) await this.#readExisting(engine, range, signal);
    if (isAborted(signal)) return;
    const again = this.lanes.length > 1;
    await Promise.all(
      this.lanes.map((lane) => this.#follow(lane, { engine, range, again, signal })),
    );
  }

  async #connect(signal: AbortSignal): Promise<Engine | undefined> {
    const [lane] = this.lanes;
    for (let wait = firstWait; !isAborted(signal) && lane; wait = Math.min(2 * wait, longestWait)) {
      try {
        return await this.#options.engine();
      } catch (error) {
        this.#fail(lane, error);
      }
      await pause(wait, signal);
    }
    return undefined;
  }

  /** The existing lines of several containers. */
  async #readExisting(engine: Engine, range: LogRange, signal: AbortSignal): Promise<void> {
    if (range.tail === 0) return;
    const logs = this.lanes.map((lane) => ({
      source: lane.number,
      batches: engine.logLines(lane.container.id, { follow: false, ...range }, signal),
    }));
    // A log that fails is reported when it is followed.
    for await (const { source, batch, from, to } of mergeLogs(logs, () => undefined)) {
      if (isAborted(signal)) return;
      this.lanes[source]?.position.advance(batchPart(batch, from, to));
      this.#deliver(source, batch, from, to);
    }
  }

  /** Follows a log until the signal is aborted. */
  async #follow(lane: Lane, options: FollowOptions): Promise<void> {
    const { range, signal } = options;
    let { engine, again } = options;
    for (let wait = firstWait; !isAborted(signal);) {
      try {
        await this.#read(lane, { ...options, engine, again });
        if (isAborted(signal) || range.until !== undefined) return;
        wait = firstWait;
        this.#clear(lane);
        if (!(await this.#ends.untilStarted(lane, engine, signal))) return;
      } catch (error) {
        if (isAborted(signal) || (await this.#isOver(lane, engine, { error, signal }))) return;
        await pause(wait, signal);
        wait = Math.min(2 * wait, longestWait);
        engine = await this.#options.engine().catch(() => engine);
      }
      again = true;
    }
  }

  /** Reads a log to its end: all of the range, or again from where it was read to. */
  async #read(lane: Lane, { engine, range, again, signal }: FollowOptions): Promise<void> {
    lane.position.readAgain();
    const { since } = lane.position;
    const { until } = range;
    const options = {
      follow: until === undefined,
      ...range,
      ...(again && since !== undefined && { tail: Infinity, since }),
    };
    for await (const batch of engine.logLines(lane.container.id, options, signal)) {
      if (isAborted(signal)) return;
      this.#clear(lane);
      const from = lane.position.advance(batch);
      if (from < batch.count) this.#receive(lane, batch, from);
    }
  }

  /** After a failure: whether the log cannot be read any more, which is reported. */
  async #isOver(
    lane: Lane,
    engine: Engine,
    { error, signal }: { readonly error: unknown; readonly signal: AbortSignal },
  ): Promise<boolean> {
    if (isEngineError(error) && error.kind === 'missing') {
      lane.push({ kind: 'removal', time: Date.now() });
      return !(await this.#ends.untilStarted(lane, engine, signal).catch(() => true));
    }
    if (await this.#isUnreadable(lane, engine, error)) return true;
    this.#fail(lane, error);
    return false;
  }

  /** A container of the project was started that was not there before. */
  #onOther(container: Container, time: number): void {
    const { project, onChange } = this.#options;
    if (project === undefined || container.project !== project) return;
    const { signal } = this.#control;
    const lane = new Lane(this.lanes.length, container);
    this.lanes.push(lane);
    this.#nameLanes();
    this.#mark(lane, startMarker(lane.name, time, { kind: 'started' }));
    onChange();
    void this.#connect(signal).then((engine) => {
      if (engine !== undefined) return this.#follow(lane, { engine, range: { tail: Infinity }, again: false, signal }); // prettier-ignore
      return undefined;
    });
  }

  #nameLanes(): void {
    const names = laneNames(this.lanes);
    for (const [index, lane] of this.lanes.entries())
      lane.label = names[index] === lane.container.name ? undefined : names[index];
  }

  /** Whether the logging driver cannot be read, which is reported. */
  async #isUnreadable(lane: Lane, engine: Engine, error: unknown): Promise<boolean> {
    const reason = error instanceof Error ? error.message : String(error);
    if (!/does not support reading/i.test(reason)) return false;
    const { id, name } = lane.container;
    const details = await engine.inspect('container', id).catch(() => undefined);
    const driver = details?.host.LogConfig?.Type ?? '';
    const text = t("The logging driver '{0}' of {1} cannot be read. Logs can be read with json-file, local or journald.", driver, name); // prettier-ignore
    this.#problems.set(lane, text);
    this.#markIdle();
    this.#options.onChange();
    return true;
  }

  #fail(lane: Lane, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const { name } = lane.container;
    this.#problems.set(lane, t('Could not read the logs of {0}: {1}', name, reason));
    this.#options.onChange();
  }

  #clear(lane: Lane): void {
    if (this.#problems.delete(lane)) this.#options.onChange();
  }

  /** New lines of one container are shown at once; those of several are sorted first. */
  #receive(lane: Lane, batch: LogBatch, from: number): void {
    if (this.lanes.length === 1) {
      this.#deliver(lane.number, batch, from, batch.count);
      return;
    }
    this.#pending.push({
      source: lane.number,
      batch: copyBatch(batchPart(batch, from, batch.count)),
    });
    this.#flushTimer ??= setTimeout(() => this.#flush(), collectTime);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const pending = this.#pending;
    this.#pending = [];
    mergeBatches(pending, (source, batch, from, to) => this.#deliver(source, batch, from, to));
  }

  #deliver(source: number, batch: LogBatch, from: number, to: number): void {
    const { onLines, onMarker } = this.#options;
    if (this.#isReading) this.#armIdle();
    let at = from;
    for (
      let next = this.#past.before(batch, at, to);
      next !== undefined;
      next = this.#past.before(batch, at, to)
    ) {
      if (next.line > at) onLines(source, batch, at, next.line);
      at = next.line;
      onMarker(next.lane.number, next.marker);
    }
    if (at < to) onLines(source, batch, at, to);
  }

  #mark(lane: Lane, marker: Marker): void {
    this.#flush();
    this.#options.onMarker(lane.number, marker);
  }

  #armIdle(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#markIdle(), idleTime);
  }

  #markIdle(): void {
    clearTimeout(this.#idleTimer);
    if (!this.#isReading) return;
    this.#isReading = false;
    for (const { lane, marker } of this.#past.rest()) this.#mark(lane, marker);
    this.#options.onChange();
  }
}
