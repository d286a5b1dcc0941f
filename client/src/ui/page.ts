/** Pages in webviews: a script of the extension in the page, and messages between the script and the extension. */

/** A page and the messages that are accepted from it; defined in the folder of its feature. */
export interface PageDescription<FromPage> {
  /** The name of its script and its style sheet. */
  readonly name: string;
  /** Whether this is a valid message; messages from a page are checked before they are used. */
  readonly accepts: (message: unknown) => message is FromPage;
  /** Opened beside the active editor, which stays visible. */
  readonly beside?: true;
}

/** Receives the messages of a page. A page that is shown again after it was hidden starts from scratch and reports that. */
export interface PageListener<FromPage> {
  onMessage(message: FromPage): void;
  /** Another tab covers the page. */
  onHidden?(): void;
  onClosed(): void;
}

export interface OpenPage<ToPage> {
  post(message: ToPage): void;
  /** Brings it to the front. */
  reveal(): void;
  setTitle(title: string): void;
  close(): void;
}
