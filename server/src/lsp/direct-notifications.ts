/**
 * Handles some notifications in the turn in which they are read, and sends some. The library puts every message into a queue,
 * of which it handles one in each turn, and goes through forty functions on the way: after a pause, when nothing of them is in
 * the caches of the processor, that was a twentieth of the time from opening a file to its findings.
 */
import type {
  DataCallback,
  Message,
  MessageReader,
  MessageStrategy,
  MessageWriter,
  NotificationMessage,
} from './protocol.ts';
import type { Log } from './guard.ts';

interface Listener {
  readonly handle: (params: never) => void;
  readonly log: Log;
}

export class DirectNotifications {
  readonly #listeners = new Map<string, Listener>();
  /** The message that was given to the library last, until it is handled. Messages after it must not overtake it. */
  #waiting: Message | undefined;
  readonly #writer: MessageWriter;

  constructor(writer: MessageWriter) {
    this.#writer = writer;
  }

  /** For the connection: without it, this does not learn which messages wait. */
  readonly strategy: MessageStrategy = {
    handleMessage: (message, next) => {
      if (message === this.#waiting) this.#waiting = undefined;
      return next(message);
    },
  };

  /** Calls `handle` with the parameters of notifications that need not wait. */
  listen<Params>(method: string, handle: (params: Params) => void, log: Log): void {
    this.#listeners.set(method, { handle, log });
  }
  /** Sends a notification. Rejects if it cannot be written. */
  send(method: string, params: object): Promise<void> {
    const message = { jsonrpc: '2.0', method, params };
    return this.#writer.write(message);
  }
  /** For the connection: what this reader reads, without the notifications that are handled here. */
  reader(reader: MessageReader): MessageReader {
    return {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      listen: (callback) => reader.listen((message) => this.receive(message, callback)),
      dispose: () => reader.dispose(),
    };
  }
  /** Handles a message that was read, or gives it to the library. */
  receive(message: Message, others: DataCallback): void {
    const { method, params } = message as Partial<NotificationMessage>;
    if (this.#waiting === undefined && method !== undefined && !('id' in message)) {
      const listener = this.#listeners.get(method);
      if (listener !== undefined) {
        try {
          listener.handle(params as never);
        } catch (error) {
          listener.log(`${method} failed`, error);
        }
        return;
      }
    }
    // The library does not put all of these into its queue.
    if (method !== '$/cancelRequest') this.#waiting = message;
    others(message);
  }
}
