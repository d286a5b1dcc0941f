/** How messages come and go: the arguments of a language server's process say it. */
import {
  AbstractMessageWriter,
  createServerPipeTransport,
  createServerSocketTransport,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';

type Transport = readonly [reader: MessageReader, writer: MessageWriter];

/** Undefined where the arguments name no transport. */
export function transport(args: readonly string[]): Transport | undefined {
  for (const [i, arg] of args.entries()) {
    const [name, value = args[i + 1] ?? ''] = arg.split(/=(.*)/s);
    if (name === '--stdio') return stdio();
    if (name === '--node-ipc')
      return [new IPCMessageReader(process), new IPCMessageWriter(process)];
    if (name === '--socket') return createServerSocketTransport(Number(value));
    if (name === '--pipe') return createServerPipeTransport(value);
  }
  return undefined;
}

function stdio(): Transport {
  const { stdin, stdout } = process;
  return [new StreamMessageReader(stdin), new WholeMessageWriter(stdout)];
}

/** Writes head and body at once: the library's writes them one after the other, and the client wakes up for each. */
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
