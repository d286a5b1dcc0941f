/** Our own requests between client and server: names and the shape of what they carry. */

/** Initialization options that the client sends. */
export interface InitializationOptions {
  /** BCP 47 language of the user interface, as `vscode.env.language`. */
  readonly locale?: string;
  /** The catalogue of the language: English text → translated text. */
  readonly bundle?: Readonly<Record<string, string>>;
}

/** Server → client: names of images on the engine that begin with a prefix. */
export const localImages = 'drydock/localImages';
export interface LocalImagesParams {
  readonly prefix: string;
}
