/** Messages over standard input and output. */
import {
  AbstractMessageWriter,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import { RecoveringMessageReader } from './message-reader.ts';

/** The reader and the writer. When the client closes standard input, the process exits. */
export function stdio(): readonly [reader: MessageReader, writer: MessageWriter] {
  const { stdin, stdout } = process;
  for (const event of ['end', 'close']) stdin.once(event, () => process.exit(1));
  return [new RecoveringMessageReader(stdin), new WholeMessageWriter(stdout)];
}

/** Writes header and body in one call: the library's writer makes two calls, and the client wakes up for each. */
class WholeMessageWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: NodeJS.WritableStream;
  #failures = 0;

  constructor(stream: NodeJS.WritableStream) {
    super();
    this.#stream = stream;
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }
  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    const length = String(Buffer.byteLength(body));
    return new Promise((done, fail) => {
      this.#stream.write(`Content-Length: ${length}\r\n\r\n${body}`, 'utf8', (error) => {
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
