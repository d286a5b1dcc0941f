/** Requests between the extension and the language server that LSP does not define: their names and parameters. */

/** Initialization options that the client sends. */
export interface InitializationOptions {
  /** BCP 47 language of the user interface, as `vscode.env.language`. */
  readonly locale?: string;
  /** The catalogue of the language: English text → translated text. */
  readonly bundle?: Readonly<Record<string, string>>;
  /** The client has commands that build images; `later` when the workspace is not trusted yet. */
  readonly builds?: 'now' | 'later';
  /** The client has the command `explainRule`, which opens the page of a rule. */
  readonly explains?: true;
  /** The client reads files and directories for a server that cannot access them. */
  readonly reads?: true;
}

/** Command of the client that opens the page of a rule; its argument is the rule's id. */
export const explainRule = 'drydock.rules.explain';

/** Server → client: names of images on the engine that begin with a prefix. */
export const localImages = 'drydock/localImages';
export interface LocalImagesParams {
  readonly prefix: string;
}

/** Server → client: the digest of an image on the engine, `sha256:…`, or null if it has none. */
export const imageDigest = 'drydock/imageDigest';
export interface ImageDigestParams {
  /** With its tag. */
  readonly name: string;
}

/** Server → client: the text of a file by its URI, or null if it does not exist. */
export const readFile = 'drydock/readFile';
/** Server → client: the entries of a directory by its URI; empty if it does not exist. */
export const listFolder = 'drydock/listFolder';
export interface FileParams {
  readonly uri: string;
}
export type ListFolderResult = readonly { readonly name: string; readonly folder: boolean }[];

/** Client → server, a notification: the workspace has become trusted. */
export const trusted = 'drydock/trusted';

/** Client → server: the stages of an open document and what each copies from where, or null if it has no stages. */
export const stageGraph = 'drydock/stageGraph';
export interface StageGraphParams {
  readonly uri: string;
}
export interface StageGraph {
  readonly stages: readonly GraphStage[];
  /** Images that stages are based on or copy from, each once. */
  readonly images: readonly string[];
  /** The whole graph as a Mermaid chart. */
  readonly mermaid: string;
}

export interface GraphStage {
  /** Its name in the file, or its number if it has none. */
  readonly name: string;
  /** The argument of its FROM, with variables expanded. */
  readonly base: string;
  /** 0-based line of its FROM. */
  readonly line: number;
  /** Whether this stage is built when no `--target` is given. */
  readonly target: boolean;
  /** Whether the target needs it. */
  readonly needed: boolean;
  /** In document order. */
  readonly takes: readonly GraphTake[];
}

/** A stage that is based on another stage or an image, or takes files from it. */
export interface GraphTake {
  readonly how: 'from' | 'copy' | 'mount';
  /** Index in `stages` or in `images`; exactly one of the two is set. */
  readonly stage?: number;
  readonly image?: number;
  /** The sources and the target, for display. */
  readonly what: string;
  /** 0-based. */
  readonly line: number;
}

/** Client → server: what the instructions of a Dockerfile read from its build context. */
export const contextNeeds = 'drydock/contextNeeds';
export interface ContextNeedsParams {
  readonly uri: string;
  /** The file need not be open, or may not have the language of Dockerfiles. */
  readonly text: string;
}
export interface ContextNeeds {
  /** The URI of the directory that is probably the build context, if files can be read. */
  readonly root?: string;
  readonly sources: readonly NeededSource[];
  /** Whether these are all: false if a source depends on a build argument, or if another frontend reads the file. */
  readonly isComplete: boolean;
}

/** A source of COPY, ADD or a bind mount, with variables expanded. */
export interface NeededSource {
  readonly source: string;
  /** Whether it is a mount, so that wildcards are ordinary characters. */
  readonly isMount: boolean;
  /** Whether it is copied with its directories (`--parents`): `**` then matches any number of them. */
  readonly hasParents?: boolean;
  /** Patterns of what is not copied (`--exclude`), relative to a directory that is copied. */
  readonly exclude?: readonly string[];
  /** 0-based. */
  readonly line: number;
}
/** Client → server: what a build of a Dockerfile can be given. The text is sent if the document may not be open. */
export const buildFacts = 'drydock/buildFacts';
export interface BuildFactsParams {
  readonly uri: string;
  readonly text?: string;
}
export interface BuildFacts {
  /** In document order; the last one is built by default. */
  readonly stages: readonly BuildFactsStage[];
  /** Declared arguments, each once, in document order. */
  readonly arguments: readonly BuildFactsArgument[];
  /** Secrets and SSH agents that RUN instructions mount, each once. */
  readonly secrets: readonly { readonly id: string; readonly line: number }[];
  readonly ssh: readonly { readonly id: string; readonly line: number }[];
}
export interface BuildFactsStage {
  /** What `--target` accepts: its name, or its number if it has none. */
  readonly target: string;
  readonly base: string;
  /** 0-based line of its FROM. */
  readonly line: number;
}
export interface BuildFactsArgument {
  readonly name: string;
  /** As written; absent without a default. */
  readonly value?: string;
  /** 0-based line of its first declaration. */
  readonly line: number;
  /** The keywords of the instructions that use it, each once. */
  readonly usedBy: readonly string[];
  /** BuildKit sets it, such as TARGETARCH. */
  readonly predefined: boolean;
}
