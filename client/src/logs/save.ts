/** Writes a log to a file: all lines as the engine has them, in order, whatever the page keeps in memory. */
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { writeFileFromStream } from '../engine/write-file.ts';
import type { Tools } from '../ui/tools.ts';
import { formatCount, formatSize } from '../ui/format.ts';
import type { Lane } from './lane.ts';
import { markerBit } from './log-chunk.ts';
import { bytesOf, sourceOf, timeOf, type LogStore } from './log-store.ts';
import type { LogView } from './log-view.ts';
import { mergeLogs } from './merge.ts';

export interface SavedLog {
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly store: LogStore;
  readonly view: LogView;
}

type Kind = 'all' | 'timed' | 'shown';

/** Asks what to save and where, and saves it. */
export async function saveLog(
  { engine, editor }: Pick<Tools, 'engine' | 'editor'>,
  log: SavedLog,
): Promise<void> {
  const shown = log.view.end - log.view.first;
  const kind = await editor.pick<Kind>(t('Save Log'), [
    { label: t('All lines'), description: t('all that the engine has'), value: 'all' },
    { label: t('All lines with timestamps'), value: 'timed' },
    { label: t('Only the lines that are shown'), description: formatCount(shown), value: 'shown' },
  ]);
  if (kind === undefined) return;
  const file = await editor.chooseSaveFile(
    t('Save Log'),
    `${log.name.replace(/[^\w.-]+/g, '-')}.log`,
  );
  if (file === undefined) return;
  let lines = 0;
  const bytes = await editor.withProgress(t('Saving the log'), async (signal, report) => {
    const chunks =
      kind === 'shown' ? shownLines(log) : allLines(await engine(), log, { isTimed: kind === 'timed', signal }); // prettier-ignore
    return writeFileFromStream(
      file,
      counted(chunks, (more) => (lines += more)),
      {
        signal,
        report: (size) => report(formatSize(size)),
      },
    );
  });
  const open = t('Open');
  const saved = lines === 1 ? t('Saved 1 line ({0}).', formatSize(bytes)) : t('Saved {0} lines ({1}).', formatCount(lines), formatSize(bytes)); // prettier-ignore
  void editor
    .showInformation(saved, open)
    .then((pressed) => (pressed === open ? editor.openFile(file) : undefined));
}

interface AllOptions {
  readonly isTimed: boolean;
  readonly signal: AbortSignal;
}

/**
 * All lines that the engine has of the containers, and of containers that were removed, the lines that are kept here. The output
 * of one container is what `docker logs` prints; in that of several, each line begins with a name.
 */
export async function* allLines(
  engine: Engine,
  { lanes, store }: Pick<SavedLog, 'lanes' | 'store'>,
  { isTimed, signal }: AllOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const existing = new Set((await engine.containers()).map(({ id }) => id));
  const [lane] = lanes;
  const isGone = lanes.some(({ container, former }) => former.length > 0 || !existing.has(container.id)); // prettier-ignore
  if (isGone || lane === undefined) {
    yield* keptLines(store, lanes, isTimed);
    return;
  }
  if (lanes.length === 1) {
    const options = { follow: false, tail: Infinity, timestamps: isTimed };
    yield* engine.logs(lane.container.id, options, signal);
    return;
  }
  const logs = lanes.map(({ number, container }) => ({
    source: number,
    batches: engine.logLines(container.id, { follow: false, tail: Infinity }, signal),
  }));
  const fail = (_: number, error: unknown): void => {
    // A log that cannot be read, such as that of another logging driver, does not keep the others from being saved.
    if (!isEngineError(error) || signal.aborted) throw error;
  };
  const pieces = new Pieces();
  for await (const { source, batch, from, to } of mergeLogs(logs, fail)) {
    const prefix = Buffer.from(`${nameOf(lanes, source)} | `);
    for (let line = from; line < to; line++) {
      const start = line === 0 ? 0 : (batch.ends[line - 1] ?? 0) + 1;
      pieces.add(prefix);
      if (isTimed) pieces.add(Buffer.from(`${formatTime(batch.seconds[line] ?? 0, batch.nanoseconds[line] ?? 0)} `)); // prettier-ignore
      pieces.add(batch.text.subarray(start, (batch.ends[line] ?? 0) + 1));
    }
    if (pieces.isFull) yield pieces.take();
  }
  yield pieces.take();
}

/** The lines that are kept, without what happened to the containers. */
function* keptLines(
  store: LogStore,
  lanes: readonly Lane[],
  isTimed: boolean,
): Generator<Uint8Array> {
  const pieces = new Pieces();
  for (let number = store.first; number < store.end; number++) {
    addLine(pieces, { store, number, lanes, isTimed });
    if (pieces.isFull) yield pieces.take();
  }
  yield pieces.take();
}

function* shownLines({ view, store, lanes }: SavedLog): Generator<Uint8Array> {
  const pieces = new Pieces();
  for (let place = view.first; place < view.end; place++) {
    const number = view.lineAt(place);
    if (number !== undefined) addLine(pieces, { store, number, lanes, isTimed: false });
    if (pieces.isFull) yield pieces.take();
  }
  yield pieces.take();
}

function addLine(
  pieces: Pieces,
  { store, number, lanes, isTimed }: { readonly store: LogStore; readonly number: number; readonly lanes: readonly Lane[]; readonly isTimed: boolean }, // prettier-ignore
): void {
  const line = store.line(number);
  if (line === undefined || ((line.chunk.bits[line.index] ?? 0) & markerBit) !== 0) return;
  if (lanes.length > 1) pieces.add(Buffer.from(`${nameOf(lanes, sourceOf(line))} | `));
  if (isTimed) pieces.add(Buffer.from(`${formatTime(Math.floor(timeOf(line) / 1000), line.chunk.nanoseconds[line.index] ?? 0)} `)); // prettier-ignore
  pieces.add(bytesOf(line));
}

function nameOf(lanes: readonly Lane[], number: number): string {
  return lanes[number]?.container.name ?? '';
}

/** As the engine writes it: `2026-01-02T03:04:05.123456789Z`. */
function formatTime(seconds: number, nanoseconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(nanoseconds).padStart(9, '0')}Z`; // prettier-ignore
}

/** Copies of bytes that are written together. */
class Pieces {
  #parts: Uint8Array[] = [];
  #size = 0;

  get isFull(): boolean {
    return this.#size > 256 * 1024;
  }

  add(bytes: Uint8Array): void {
    // Parts of a batch are valid until the next one is read.
    this.#parts.push(Buffer.from(bytes));
    this.#size += bytes.length;
  }

  take(): Uint8Array {
    const all = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    return all;
  }
}

/** The same chunks; the number of lines in each is reported. */
async function* counted(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  count: (lines: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    let lines = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    count(lines);
    yield chunk;
  }
}
