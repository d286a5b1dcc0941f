/** What is to be linted: standard input, a file, or a path at which there is none. */
export type Source =
  | { readonly path: string; readonly error: string; readonly input?: undefined }
  | { readonly path: string; readonly input: boolean; readonly error?: undefined };
