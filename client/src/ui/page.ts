/** Pages in webviews: a script of ours on one side, the extension on the other, messages between them. */

/** A page and the messages that are accepted from it; lives in the folder of its feature. */
export interface PageDescription<FromPage> {
  /** The name of its script and its style. */
  readonly name: string;
  /** Whether the page may send this; what comes from a page is checked before it is used. */
  readonly accepts: (message: unknown) => message is FromPage;
  /** Opened beside the text that it is about, which stays in sight. */
  readonly beside?: true;
}

/** Hears what a page tells; it is begun anew, and says so, whenever it is shown after it was hidden. */
export interface PageListener<FromPage> {
  received(message: FromPage): void;
  /** Another page stands in its place. */
  hidden?(): void;
  closed(): void;
}

export interface OpenPage<ToPage> {
  post(message: ToPage): void;
  close(): void;
}
