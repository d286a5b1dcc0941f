/** Sends files into a container, and leaves none of them incomplete when the copy is cancelled. */
import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import type { Duplex, Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { isUtf8, textOf } from './byte-strings.ts';
import { cancelledError, toCopyError, type CopyOptions, type PathList } from './copy-task.ts';
import { pathOf, type LocalEntry } from './local-tree.ts';
import { displayName, nameOfBytes } from './names.ts';
import { FilePacker, type Packed } from './pack-files.ts';
import { splitPlan, type Part, type Plan } from './send-parts.ts';
import { writeWithTar } from './container-tar.ts';

interface Sending {
  readonly plans: readonly Plan[];
  /** Files in the container that are overwritten, as they are shown. */
  readonly replaced: PathList;
  readonly options: CopyOptions;
}

/** After a cancellation the engine has this long, in milliseconds, to finish what it received. */
export const cancelPatience = 10_000;

/** Bytes of a file that is rather sent again than left incomplete. */
const largestAgain = 64 << 20;

/**
 * Rejects with EngineError. A cancellation does not cut the connection: the archive ends, and the engine answers when it has
 * extracted what it received. Only then is it known which file is incomplete, and nothing else can follow.
 */
export async function sendFiles(
  engine: Engine,
  container: string,
  { plans, replaced, options }: Sending,
): Promise<Packed> {
  const sender = new Sender(engine, container, { plans, replaced, options });
  const { signal } = options;
  signal.addEventListener('abort', sender.cancel, { once: true });
  try {
    for (const plan of plans) await sender.send(plan);
    return sender.sent;
  } finally {
    sender.close();
    signal.removeEventListener('abort', sender.cancel);
  }
}

class Sender {
  readonly #engine: Engine;
  readonly #container: string;
  readonly #replaced: PathList;
  readonly #options: CopyOptions;
  readonly #total: Packed;
  readonly #control = new AbortController();
  #giveUp: ReturnType<typeof setTimeout> | undefined;
  #before: Packed = { bytes: 0, entries: 0 };

  constructor(engine: Engine, container: string, { plans, replaced, options }: Sending) {
    this.#engine = engine;
    this.#container = container;
    this.#replaced = replaced;
    this.#options = options;
    this.#total = totalOf(plans);
    this.#report({ bytes: 0, entries: 0 });
  }

  get sent(): Packed {
    return this.#before;
  }

  readonly cancel = (): void => {
    this.#giveUp = setTimeout(() => this.#control.abort(), cancelPatience);
  };

  close(): void {
    clearTimeout(this.#giveUp);
  }

  async send(plan: Plan): Promise<void> {
    const { directory, entries } = plan;
    const whole = { entries, newEntries: entries.length };
    const parts = await splitPlan(this.#engine, this.#container, plan, this.#options.tarFrom);
    if (parts !== undefined && (await this.#sendPart(directory, parts.forProgram, this.#extract)))
      await this.#sendPart(directory, parts.forEngine, this.#write);
    else await this.#sendPart(directory, whole, this.#write);
  }

  /** Resolves to whether everything was extracted. Rejects with EngineError, also after a cancellation. */
  async #sendPart(directory: string, { entries, newEntries }: Part, send: Send): Promise<boolean> {
    const { signal } = this.#options;
    const withoutRepeated = ({ bytes, entries: packed }: Packed): Packed => ({
      bytes,
      entries: Math.min(packed, newEntries),
    });
    const packer = new FilePacker(entries, {
      signal,
      report: (packed) => this.#report(withoutRepeated(packed)),
    });
    try {
      if (!(await send(directory, packer.chunks()))) {
        if (!signal.aborted) return false;
        throw cancelledError();
      }
    } catch (error) {
      const { incomplete } = packer;
      if (!signal.aborted || incomplete === undefined) throw toCopyError(error);
      throw await withoutIncomplete(this.#engine, this.#container, { directory, incomplete, replaced: this.#replaced }); // prettier-ignore
    }
    this.#before = this.#sum(withoutRepeated(packer.done));
    if (signal.aborted && this.#before.entries < this.#total.entries) throw partlyCopied(this.#before, this.#total); // prettier-ignore
    return true;
  }

  readonly #write: Send = async (directory, tar) => {
    await this.#engine.writeArchive(this.#container, directory, tar, this.#control.signal);
    return true;
  };

  /** If tar cannot do it, the engine does, or says why not. */
  readonly #extract: Send = async (directory, tar) => {
    const { signal } = this.#control;
    const extracting = writeWithTar(this.#engine, this.#container, directory, { tar, signal });
    return extracting.then(
      (reason) => reason === undefined,
      () => false,
    );
  };

  #sum({ bytes, entries }: Packed): Packed {
    return { bytes: this.#before.bytes + bytes, entries: this.#before.entries + entries };
  }

  #report(packed: Packed): void {
    const { bytes, entries } = this.#sum(packed);
    this.#options.report(bytes, this.#total.bytes, { copied: entries, total: this.#total.entries });
  }
}

/** Sends an archive; resolves to whether it was extracted. */
type Send = (directory: string, tar: AsyncIterable<Uint8Array>) => Promise<boolean>;

function totalOf(plans: readonly Plan[]): Packed {
  const all = plans.flatMap(({ entries }) => entries);
  return { bytes: all.reduce((sum, { size }) => sum + size, 0), entries: all.length };
}

/** Files before the cancellation are complete and stay. */
function partlyCopied(done: Packed, total: Packed): EngineError {
  if (done.entries === 0) return cancelledError();
  const text = t('Cancelled. Files and directories copied: {0} of {1}', done.entries, total.entries); // prettier-ignore
  return new EngineError('cancelled', text);
}

/** Removes the file, or sends it once more if it replaces another or cannot be removed. */
async function withoutIncomplete(
  engine: Engine,
  container: string,
  { directory, incomplete, replaced }: { readonly directory: string; readonly incomplete: LocalEntry; readonly replaced: PathList }, // prettier-ignore
): Promise<EngineError> {
  const path = posix.join(directory, textOf(pathOf(incomplete)));
  const shown = posix.join(directory, displayName(nameOfBytes(Buffer.from(pathOf(incomplete), 'latin1')))); // prettier-ignore
  if (
    !includes(replaced, shown) &&
    isUtf8(pathOf(incomplete)) &&
    (await removeFile(engine, container, path))
  )
    return cancelledError();
  const remaining = new EngineError('cancelled', t('Cancelled: {0} in the container is incomplete', shown)); // prettier-ignore
  if (incomplete.size > largestAgain) return remaining;
  const packer = new FilePacker([incomplete], {
    signal: new AbortController().signal,
    report: () => undefined,
  });
  const control = AbortSignal.timeout(cancelPatience);
  return engine.writeArchive(container, directory, packer.chunks(), control).then(
    () => new EngineError('cancelled', t('Cancelled: {0} was copied completely', shown)),
    () => remaining,
  );
}

function includes(paths: PathList, wanted: string): boolean {
  for (const path of paths) if (path === wanted) return true;
  return false;
}

/** With `rm` in the container: the engine does not have a request for it. Resolves to whether the file does not exist now. */
export async function removeFile(
  engine: Engine,
  container: string,
  path: string,
): Promise<boolean> {
  const exists = (): Promise<boolean> =>
    engine.stat(container, path).then(
      () => true,
      (error: unknown) => !(error instanceof EngineError && error.kind === 'missing'),
    );
  if (!(await exists())) return true;
  const removing = engine.exec(container, ['rm', '-f', '--', path], { tty: false, user: '0' });
  await removing.then(readToEnd).catch(() => undefined);
  return !(await exists());
}

async function readToEnd(process: Duplex): Promise<void> {
  process.end();
  const output = process.output[Symbol.asyncIterator]();
  while ((await output.next()).done !== true);
}
