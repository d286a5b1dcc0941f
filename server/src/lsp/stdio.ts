/** Messages over standard input and output. */
import { writeSync } from 'node:fs';
import { Socket, type ConnectOpts, type SocketConstructorOpts } from 'node:net';
import {
  AbstractMessageWriter,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import { RecoveringMessageReader, type Receive } from './message-reader.ts';

/** In bytes: what Node.js allocates for each chunk of a stream. */
const chunkSize = 65_536;

/** The reader and the writer. When the client closes standard input, the process exits. */
export function stdio(): readonly [reader: MessageReader, writer: MessageWriter] {
  const reader = new RecoveringMessageReader((receive) => {
    const input = openInput(receive);
    for (const event of ['end', 'close']) input.once(event, () => process.exit(1));
    return input;
  });
  return [reader, new WholeMessageWriter(process.stdout)];
}

/**
 * Reads standard input. Between the system and the listeners of a stream are forty functions of Node.js, which are no longer
 * in the caches of the processor when a message arrives after a pause; pipes and sockets can be read without them.
 */
function openInput(receive: Receive): NodeJS.ReadableStream {
  const buffer = Buffer.allocUnsafeSlow(chunkSize);
  const callback = (length: number): boolean => {
    receive(buffer.subarray(0, length));
    return true;
  };
  try {
    const options: SocketConstructorOpts & ConnectOpts = {
      fd: 0,
      writable: false,
      onread: { buffer, callback },
    };
    return new Socket(options).resume();
  } catch {
    // It is a file or a terminal.
    return process.stdin.on('data', receive);
  }
}

/**
 * Writes header and body in one call: the library's writer makes two calls, and the client wakes up for each. While the system
 * accepts everything, this calls it directly, for the reason for which input is read without a stream.
 */
class WholeMessageWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: NodeJS.WritableStream;
  /** The messages that the stream has not written yet. What is written directly must not overtake them. */
  #waiting = 0;
  #failures = 0;

  constructor(stream: NodeJS.WritableStream) {
    super();
    this.#stream = stream;
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }
  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    const length = Buffer.byteLength(body);
    const header = `Content-Length: ${length}\r\n\r\n`;
    const text = header + body;
    const written = this.#waiting === 0 ? writtenNow(text) : 0;
    return written === header.length + length
      ? Promise.resolve()
      : this.#writeLater(Buffer.from(text).subarray(written), message);
  }
  #writeLater(bytes: Uint8Array, message: Message): Promise<void> {
    this.#waiting++;
    return new Promise((done, fail) => {
      this.#stream.write(bytes, (error) => {
        this.#waiting--;
        if (error) {
          this.#failures++;
          this.fireError(error, message, this.#failures);
          fail(error);
        } else done();
      });
    });
  }
  end(): void {
    this.#stream.end();
  }
}

/**
 * The number of bytes that the system accepts without waiting: the stream of Node.js makes pipes and sockets non-blocking. On
 * Windows, it opens pipes in a way that does not permit other writes.
 */
function writtenNow(text: string): number {
  if (process.platform === 'win32') return 0;
  try {
    return writeSync(1, text);
  } catch {
    // The system accepts nothing now, or never again. The stream learns which.
    return 0;
  }
}
