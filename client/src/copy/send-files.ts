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

export interface Plan {
  /** The directory in the container where the tar archive is extracted. */
  readonly directory: string;
  readonly entries: readonly LocalEntry[];
}

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
  const { signal } = options;
  const total = totalOf(plans);
  const control = new AbortController();
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    giveUp = setTimeout(() => control.abort(), cancelPatience);
  };
  signal.addEventListener('abort', cancel, { once: true });
  let before: Packed = { bytes: 0, entries: 0 };
  const sum = (packed: Packed): Packed => ({
    bytes: before.bytes + packed.bytes,
    entries: before.entries + packed.entries,
  });
  const report = (packed: Packed): void => {
    const { bytes, entries } = sum(packed);
    options.report(bytes, total.bytes, { copied: entries, total: total.entries });
  };
  try {
    report({ bytes: 0, entries: 0 });
    for (const plan of plans) {
      const packer = new FilePacker(plan.entries, { signal, report });
      const sent = engine.writeArchive(container, plan.directory, packer.chunks(), control.signal);
      await sent.catch(async (error: unknown) => {
        const { incomplete } = packer;
        if (!signal.aborted || incomplete === undefined) throw toCopyError(error);
        throw await withoutIncomplete(engine, container, { directory: plan.directory, incomplete, replaced }); // prettier-ignore
      });
      before = sum(packer.done);
      if (before.entries < total.entries && signal.aborted) throw partlyCopied(before, total);
    }
    return before;
  } finally {
    clearTimeout(giveUp);
    signal.removeEventListener('abort', cancel);
  }
}

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
