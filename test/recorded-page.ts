/** A page for tests: records the messages that it receives, and sends messages as a webview would. */
import type { Editor } from '../client/src/ui/editor.ts';

export class RecordedPage<ToPage, FromPage> {
  readonly posted: ToPage[] = [];
  isOpen = false;
  /** How often it was brought to the front. */
  reveals = 0;
  title = '';
  /** Undefined until the page is opened. */
  #send: ((message: unknown) => void) | undefined;
  #hide: (() => void) | undefined;
  #close: (() => void) | undefined;

  /** Implements the method of the port. */
  readonly openPage: Editor['openPage'] = (page, title, listener) => {
    this.isOpen = true;
    this.title = title;
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
      reveal: () => (this.reveals += 1),
      setTitle: (changed) => (this.title = changed),
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
