/** A request to the engine, as plain data. */
import type { Patience } from './limits.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'DELETE';
  /** Untrusted parts must be escaped with `segment`. */
  readonly path: string;
  /** Undefined values are omitted; bytes need not be UTF-8. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | Uint8Array | undefined>
  >;
  /** Sent even if it is empty; it can contain bigints. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A tar stream to send; it is always closed, also after an error. */
  readonly tar?: AsyncIterable<Uint8Array>;
  /** A GET of many bytes, which end with the connection: the reader must know where they end. */
  readonly bulk?: true;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the engine; by default `answer` for GET, and `work` for the others. */
  readonly patience?: Patience;
}

/** Escapes an untrusted path segment; the slashes of image names are kept. */
export function segment(word: string): string {
  return word
    .split('/')
    .map((part) => (/^\.\.?$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part)))
    .join('/')
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@');
}
