/** A page for tests: records the messages that it receives, and sends messages as a webview would. */
import type { Editor } from '../client/src/ui/editor.ts';

export class RecordedPage<ToPage, FromPage> {
  readonly posted: ToPage[] = [];
  isOpen = false;
  /** Undefined until the page is opened. */
  #send: ((message: unknown) => void) | undefined;
  #hide: (() => void) | undefined;
  #close: (() => void) | undefined;

  /** Implements the method of the port. */
  readonly openPage: Editor['openPage'] = (page, _title, listener) => {
    this.isOpen = true;
    this.#send = (message) => {
      if (page.accepts(message)) listener.onMessage(message);
    };
    this.#hide = () => listener.onHidden?.();
    this.#close = () => {
      this.isOpen = false;
      listener.onClosed();
    };
    return {
      // The method is generic; a test specifies which page it opens.
      post: (message) => this.posted.push(message as unknown as ToPage),
      close: this.#close,
    };
  };

  get wasOpened(): boolean {
    return this.#send !== undefined;
  }

  send(message: FromPage): void {
    this.#send?.(message);
  }

  hide(): void {
    this.#hide?.();
  }

  close(): void {
    this.#close?.();
  }
}
