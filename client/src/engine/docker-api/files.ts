/** Files in containers: the requests that `docker cp` uses. */
import { t } from '@vscode/l10n';
import { number, object, text } from './json-readers.ts';
import { bodyOf, requestDone } from './requests.ts';
import { segment, type Request } from './request.ts';
import type { Wire } from './wire.ts';
import { bytesOfText, displayName, isPlainText } from '../files/names.ts';
import { invalidResponseError } from './engine-errors.ts';
import type { Engine, PathStat } from '../engine.ts';
import { EngineError, isEngineError } from '../errors.ts';
import type { ArchiveReceiver, TarReceiver } from '../tar.ts';

export function fileMethods(wire: Wire): Pick<Engine, 'stat' | 'readArchive' | 'writeArchive'> {
  return {
    stat: (container, path) => stat(wire, container, path),
    readArchive: (container, path, signal) => {
      const query = { path: pathInQuery(path) };
      const request = { method: 'GET', path: archive(container), query, signal, bulk: true, patience: 'transfer' } as const; // prettier-ignore
      return {
        [Symbol.asyncIterator]: () => wholeArchive(wire, request),
        unpack: (receiver) => unpackWhole(wire, request, receiver),
      };
    },
    writeArchive: async (container, directory, tar, signal) => {
      const query = { path: pathInQuery(directory), noOverwriteDirNonDir: true };
      try {
        await requestDone(wire, {
          method: 'PUT',
          path: archive(container),
          query,
          tar,
          signal,
          patience: 'transfer',
        });
      } catch (error) {
        // An engine that refuses early can close the connection before its message is read; `stat` then reports the reason.
        if (isEngineError(error) && error.kind === 'not-running')
          await stat(wire, container, directory);
        throw error;
      }
    },
  };
}

function archive(container: string): string {
  return `/containers/${segment(container)}/archive`;
}

/** Paths that are not UTF-8 are sent as bytes. */
function pathInQuery(path: string): string | Uint8Array {
  return isPlainText(path) ? path : bytesOfText(path);
}

const ignored: TarReceiver = { entry: () => undefined, content: () => undefined };

/**
 * The bytes of an archive that ends with the connection. They are followed to the end of the archive, because a connection that
 * was cut looks like an end. Rejects with EngineError.
 */
async function* wholeArchive(
  wire: Wire,
  request: Request,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { bufferOf, TarParser } = await import('../tar.ts');
  const parser = new TarParser(ignored);
  for await (const chunk of bodyOf(wire, request)) {
    parser.push(bufferOf(chunk));
    yield chunk;
  }
  if (!parser.hasEnded) throw await wire.toError(connectionCut());
}

/** The entries of an archive, which are parsed in the memory that they were received in. */
async function unpackWhole(wire: Wire, request: Request, receiver: ArchiveReceiver): Promise<void> {
  const { bufferOf, TarParser } = await import('../tar.ts');
  const parser = new TarParser(receiver);
  const answer = await wire.open(request);
  await answer.pass((chunk) => {
    parser.push(bufferOf(chunk));
    return parser.hasEnded ? 'enough' : receiver.chunkDone();
  });
  if (!parser.hasEnded) throw await wire.toError(connectionCut());
  await receiver.chunkDone();
}

function connectionCut(): Error {
  return Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

interface RawStat {
  readonly name: string;
  readonly size: number;
  readonly mode: number;
  readonly mtime?: string;
  readonly linkTarget?: string;
}

const rawStat = object<RawStat>(
  { name: text, size: number, mode: number, mtime: text, linkTarget: text },
  'name',
  'size',
  'mode',
);

async function stat(wire: Wire, container: string, path: string): Promise<PathStat> {
  const query = { path: pathInQuery(path) };
  const request = { method: 'HEAD', path: archive(container), query } as const;
  const answer = await wire.open(request).catch((error: unknown) => {
    // A response to HEAD does not have a body with the reason.
    throw isEngineError(error) && error.kind === 'missing'
      ? new EngineError('missing', t('{0} does not exist in the container', displayName(path)))
      : error;
  });
  answer.close();
  const header = answer.headers['x-docker-container-path-stat'];
  try {
    const raw = rawStat(JSON.parse(Buffer.from(String(header), 'base64').toString()));
    if (raw !== undefined) return pathStat(raw);
  } catch {
    // Not JSON.
  }
  throw invalidResponseError(request, wire.address);
}

/** Mode bits of Go's `os.FileMode`: type and special bits are above the permissions. */
const goModes = {
  directory: 0x8000_0000,
  link: 0x0800_0000,
  setuid: 0x0080_0000,
  setgid: 0x0040_0000,
  sticky: 0x0010_0000,
  anyKind: 0x8f28_0000,
};

/** Exported for tests. */
export function pathStat({ name, size, mode, mtime, linkTarget }: RawStat): PathStat {
  const has = (bits: number) => (mode & bits) !== 0;
  const kind = kindOf(has);
  const special =
    (has(goModes.setuid) ? 0o4000 : 0) |
    (has(goModes.setgid) ? 0o2000 : 0) |
    (has(goModes.sticky) ? 0o1000 : 0);
  return {
    name,
    size: kind === 'file' ? size : 0,
    kind,
    mode: (mode & 0o777) | special,
    ...(kind === 'link' && linkTarget !== undefined && { linkTarget }),
    ...(mtime !== undefined && !Number.isNaN(Date.parse(mtime)) && { modified: mtime }),
  };
}

function kindOf(has: (bits: number) => boolean): PathStat['kind'] {
  if (has(goModes.directory)) return 'directory';
  if (has(goModes.link)) return 'link';
  return has(goModes.anyKind) ? 'other' : 'file';
}
