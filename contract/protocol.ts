/** Our own requests between client and server: names and the shape of what they carry. */

/** Initialization options that the client sends. */
export interface InitializationOptions {
  /** BCP 47 language of the user interface, as `vscode.env.language`. */
  readonly locale?: string;
  /** The catalogue of the language: English text → translated text. */
  readonly bundle?: Readonly<Record<string, string>>;
  /** The client has commands that build; `later` where it has yet to be told that the workspace is trusted. */
  readonly builds?: 'now' | 'later';
  /** The client has the command `explainRule`, which opens the page of a rule. */
  readonly explains?: true;
  /** The client reads files and folders for a server that cannot reach them. */
  readonly reads?: true;
}

/** Command of the client that opens the page of a rule; its argument is the rule's id. */
export const explainRule = 'drydock.rules.explain';

/** Server → client: names of images on the engine that begin with a prefix. */
export const localImages = 'drydock/localImages';
export interface LocalImagesParams {
  readonly prefix: string;
}

/** Server → client: the digest of an image on the engine, `sha256:…`, or null where there is none. */
export const imageDigest = 'drydock/imageDigest';
export interface ImageDigestParams {
  /** With its tag. */
  readonly name: string;
}

/** Server → client: the text of a file by its uri, or null where there is none. */
export const readFile = 'drydock/readFile';
/** Server → client: what a folder holds by its uri, nothing where there is none. */
export const listFolder = 'drydock/listFolder';
export interface FileParams {
  readonly uri: string;
}
export type ListFolderResult = readonly { readonly name: string; readonly folder: boolean }[];

/** Client → server, a notification: the workspace is trusted now. */
export const trusted = 'drydock/trusted';

/** Client → server: the stages of an open document and what they take from whom, or null where there are none. */
export const stageGraph = 'drydock/stageGraph';
export interface StageGraphParams {
  readonly uri: string;
}
export interface StageGraph {
  readonly stages: readonly GraphStage[];
  /** Images that stages begin with or take from, each once. */
  readonly images: readonly string[];
  /** All of it as a Mermaid chart. */
  readonly mermaid: string;
}

export interface GraphStage {
  /** Its own, or which one it is. */
  readonly name: string;
  /** What stands behind its FROM, with variables put in. */
  readonly base: string;
  /** Of its FROM, from 0. */
  readonly line: number;
  /** Built where none is named. */
  readonly target: boolean;
  /** Whether the target needs it. */
  readonly needed: boolean;
  /** In the order of the text. */
  readonly takes: readonly GraphTake[];
}

/** That a stage goes on with another or with an image, or takes files from it. */
export interface GraphTake {
  readonly how: 'from' | 'copy' | 'mount';
  /** Places in `stages` and `images`; one of the two. */
  readonly stage?: number;
  readonly image?: number;
  /** What is taken, and where to. */
  readonly what: string;
  /** From 0. */
  readonly line: number;
}
