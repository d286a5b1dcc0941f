/** Reads messages from bytes. After something that is not a message, it continues with the next header. */
import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
} from 'vscode-languageserver/node';

/** What nearly all clients write before the length, with nothing between the length and the empty line. */
const usualStart = 'Content-Length: ';
/** A header in the bytes that precede an empty line. What is before it is not a message. */
const header = /content-length:[ \t]*(\d+)[ \t]*(?:\r\n[\w-]+:[^\r\n]*)*\r\n\r\n$/i;
const emptyLine = '\r\n\r\n';
const CARRIAGE_RETURN = 0x0d;
const ZERO = 0x30;
const NINE = 0x39;
/** A header is shorter. */
const longestHeader = 4096;
/** In bytes; the longest string of V8 is half as long. */
const longestBody = 1 << 30;

/** Is called with the bytes that arrived. They may be overwritten when it has returned. */
export type Receive = (bytes: Buffer) => void;

export class RecoveringMessageReader extends AbstractMessageReader implements MessageReader {
  readonly #open: (receive: Receive) => NodeJS.ReadableStream;
  #chunks: Buffer[] = [];
  #length = 0;
  /** The length of the body that is being read. */
  #expected: number | undefined;

  /** `open` begins to read, and returns the stream of which errors and the end are of interest. */
  constructor(open: (receive: Receive) => NodeJS.ReadableStream) {
    super();
    this.#open = open;
  }
  listen(callback: DataCallback): Disposable {
    let isListening = true;
    const stream = this.#open((bytes) => {
      if (!isListening) return;
      if (this.#length === 0 && this.#readUsual(bytes, callback)) return;
      this.#chunks.push(Buffer.from(bytes));
      this.#length += bytes.length;
      while (this.#step(callback));
    });
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
    return { dispose: () => void (isListening = false) };
  }
  /** Reads bytes that are a message, a header or a body, as nearly all are; false if they are anything else. */
  #readUsual(bytes: Buffer, callback: DataCallback): boolean {
    const before = this.#expected;
    const start = before === undefined ? this.#usualHeader(bytes) : 0;
    const length = bytes.length - start;
    if (this.#expected === length) {
      this.#expected = undefined;
      this.#receive(bytes.toString('utf8', start), callback);
      return true;
    }
    // Many clients write the header first.
    if (length === 0) return true;
    this.#expected = before;
    return false;
  }
  /** Reads one header or one body, if it has arrived. */
  #step(callback: DataCallback): boolean {
    return this.#expected === undefined
      ? this.#readHeader()
      : this.#readBody(this.#expected, callback);
  }
  #readHeader(): boolean {
    if (this.#length === 0) return false;
    const bytes = this.#joined();
    const after = this.#usualHeader(bytes);
    if (after === 0) return this.#readAnyHeader(bytes);
    this.#keep(bytes, after);
    return true;
  }
  /**
   * The length of a usual header at the start of some bytes; 0 if there is none. Most of the time of reading a short message
   * would be taken by a search in it and a regular expression.
   */
  #usualHeader(bytes: Buffer): number {
    let at = 0;
    for (; at < usualStart.length; at++) if (bytes[at] !== usualStart.charCodeAt(at)) return 0;
    if (bytes[at] === CARRIAGE_RETURN) return 0;
    let length = 0;
    for (let digit = bytes[at]; digit !== CARRIAGE_RETURN; digit = bytes[++at]) {
      if (digit === undefined || digit < ZERO || digit > NINE) return 0;
      length = length * 10 + digit - ZERO;
      if (length > longestBody) return 0;
    }
    for (let i = 0; i < emptyLine.length; i++) if (bytes[at + i] !== emptyLine.charCodeAt(i)) return 0; // prettier-ignore
    this.#expected = length;
    return at + emptyLine.length;
  }
  #readAnyHeader(bytes: Buffer): boolean {
    const end = bytes.indexOf(emptyLine);
    if (end < 0) {
      // A header may have begun at the end.
      if (bytes.length > longestHeader) this.#keep(bytes, bytes.length - longestHeader);
      return false;
    }
    const after = end + emptyLine.length;
    const text = bytes.toString('latin1', Math.max(0, after - longestHeader), after);
    const found = header.exec(text);
    const length = Number(found?.[1]);
    this.#keep(bytes, after);
    if (found !== null && length <= longestBody) this.#expected = length;
    if (found?.index !== 0) this.fireError(new Error('Skipped input that is not a message'));
    return true;
  }
  #readBody(length: number, callback: DataCallback): boolean {
    if (this.#length < length) return false;
    const bytes = this.#joined();
    this.#keep(bytes, length);
    this.#expected = undefined;
    this.#receive(bytes.toString('utf8', 0, length), callback);
    return true;
  }
  #receive(body: string, callback: DataCallback): void {
    let message: Message | undefined;
    try {
      message = JSON.parse(body) as Message;
    } catch (error) {
      this.fireError(error);
    }
    if (typeof message === 'object' && (message as Message | null) !== null) callback(message);
  }
  #joined(): Buffer {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [bytes ?? Buffer.alloc(0)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }
  /** Keeps the bytes from a place on. */
  #keep(bytes: Buffer, from: number): void {
    this.#length = bytes.length - from;
    this.#chunks = this.#length === 0 ? [] : [bytes.subarray(from)];
  }
}
