/** The Docker engine as we use it: a port and its plain data. One adapter speaks dockerode; tests hand in a fake. */
import type { Credentials } from './credentials.ts';
import type { Limits, MadeContainer, NewContainer, NewImage } from './container-requests.ts';
import type {
  Change,
  DiskUsage,
  EngineInfo,
  FoundImage,
  Labels,
  Layer,
  Network,
  NewNetwork,
  NewVolume,
  ProcessTable,
  Volume,
} from './objects.ts';
import type { Usage } from './usage.ts';

export type State =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface Port {
  readonly container: number;
  /** Absent where it is exposed but not published. */
  readonly host?: number;
  readonly address?: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

export interface Container {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  /** As given at creation: a tag, a digest or an id. */
  readonly image: string;
  readonly imageId: string;
  readonly state: State;
  /** The engine's own sentence: `Up 2 hours (healthy)`. */
  readonly status: string;
  readonly health?: 'healthy' | 'unhealthy' | 'starting';
  /** Where it has exited. */
  readonly exitCode?: number;
  /** Compose project. */
  readonly project?: string;
  /** Compose service. */
  readonly service?: string;
  readonly ports: readonly Port[];
  readonly createdAt: Date;
  readonly command: string;
  readonly labels: Labels;
  /** Names of the volumes in it, bind mounts left out. */
  readonly volumes: readonly string[];
  /** Names of its networks. */
  readonly networks: readonly string[];
}

export interface Image {
  readonly id: string;
  /** `repository:tag`; empty for a dangling image. */
  readonly tags: readonly string[];
  /** `repository@sha256:…`. */
  readonly digests: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly createdAt: Date;
  readonly labels: Labels;
}

export interface EngineEvent {
  readonly about: 'container' | 'image' | 'network' | 'volume';
  readonly action: string;
  readonly id: string;
  /** Nanoseconds since 1970, as the engine's own `since` takes them. */
  readonly timeNano: string;
}

/** Two directions of bytes with a process at the other end. */
export interface Duplex {
  readonly output: AsyncIterable<Uint8Array>;
  write(data: Uint8Array): void;
  /** Ends our half: the process reads end of file. */
  end(): void;
  resize(columns: number, rows: number): Promise<void>;
  close(): void;
  /** The exit code, once the process has ended and its output was read to the end; rejects after `close`. */
  readonly exit: Promise<number>;
}

export interface EngineVersion {
  readonly version: string;
  readonly apiVersion: string;
  readonly os: string;
  readonly architecture: string;
  /** Whose engine it is, where another than Docker's answers. */
  readonly product: 'docker' | 'podman';
}

/** One line of a pull or a push, as it goes. */
export interface PullProgress {
  readonly layer?: string;
  readonly status: string;
  /** Bytes. */
  readonly current?: number;
  readonly total?: number;
}

export interface LogsAsked {
  readonly follow: boolean;
  /** How many lines of what was said before. */
  readonly tail: number;
  readonly timestamps?: boolean;
  /** Of these only those since then, in whole seconds since 1970. */
  readonly since?: number;
}

export interface ExecOptions {
  readonly tty: boolean;
  readonly user?: string;
  readonly workdir?: string;
  readonly env?: readonly string[];
}

/** What `docker cp` asks of a path in a container. */
export interface PathStat {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Unix permission bits. */
  readonly mode: number;
  readonly linkTarget?: string;
}

export interface BuildOptions {
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: string;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly noCache?: boolean;
  readonly pull?: boolean;
}

/** What a build says as it goes. */
export type BuildEvent =
  | {
      readonly kind: 'step';
      /** Stays the same over the events of one step. */
      readonly id: string;
      readonly name: string;
      readonly state: 'running' | 'done' | 'cached' | 'failed';
      /** Milliseconds, once it has ended. */
      readonly duration?: number;
      readonly error?: string;
    }
  | { readonly kind: 'log'; readonly id?: string; readonly text: string }
  | { readonly kind: 'warning'; readonly text: string; readonly line?: number }
  | { readonly kind: 'image'; readonly id: string };

/** All methods reject with EngineError and nothing else. */
export interface Engine {
  version(): Promise<EngineVersion>;
  /** All of them, stopped ones too. */
  containers(): Promise<readonly Container[]>;
  images(): Promise<readonly Image[]>;
  create(container: NewContainer): Promise<MadeContainer>;
  /** What its main process says and reads; before it is started, so that nothing is lost. */
  attach(id: string, options: { readonly tty: boolean }): Promise<Duplex>;
  /** Takes effect at once, also where it runs. */
  update(id: string, limits: Limits): Promise<void>;
  /** An image of what was written in it; its id. */
  commit(id: string, image: NewImage): Promise<string>;
  start(id: string): Promise<void>;
  stop(id: string): Promise<void>;
  restart(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  unpause(id: string): Promise<void>;
  /** SIGKILL at once. */
  kill(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(
    container: string,
    options?: { readonly force?: boolean; readonly volumes?: boolean },
  ): Promise<void>;
  /** By tag, digest or id; what was untagged and deleted. */
  removeImage(
    reference: string,
    options?: { readonly force?: boolean },
  ): Promise<{ readonly untagged: readonly string[]; readonly deleted: readonly string[] }>;
  inspect(about: EngineEvent['about'], id: string): Promise<object>;
  /** What runs in a running container, as `ps` on the engine's machine tells it. */
  top(id: string): Promise<ProcessTable>;
  /** What it takes, once a second while it runs; ends when it does, or at abort. */
  stats(id: string, signal: AbortSignal): AsyncIterable<Usage>;
  /** What differs in the container from its image. */
  changes(id: string): Promise<readonly Change[]>;
  volumes(): Promise<readonly Volume[]>;
  networks(): Promise<readonly Network[]>;
  /** Its name. */
  createVolume(volume: NewVolume): Promise<string>;
  /** Its id. */
  createNetwork(network: NewNetwork): Promise<string>;
  removeVolume(name: string): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  info(): Promise<EngineInfo>;
  /** Slow where there is much: the engine walks over its disk. */
  diskUsage(signal: AbortSignal): Promise<DiskUsage>;
  /** What goes of the build cache; the bytes that it freed. */
  pruneBuildCache(ids: readonly string[], signal: AbortSignal): Promise<number>;
  /** How the image came to be, the last step first. */
  history(image: string): Promise<readonly Layer[]>;
  /** Gives the image another name; an image that had it loses it. */
  tag(image: string, reference: string): Promise<void>;
  /** One tar of all; references keep their tags, ids have none. */
  save(references: readonly string[], signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** What was loaded, as it comes: tags, or ids where there are none. */
  load(tar: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<string>;
  /** Text as it comes, frames taken apart; ends when the container does or at abort. */
  logs(id: string, options: LogsAsked, signal: AbortSignal): AsyncIterable<Uint8Array>;
  exec(id: string, argv: readonly string[], options: ExecOptions): Promise<Duplex>;
  /** Of the engine's own platform, unless another is asked for: `linux/arm64`. */
  pull(reference: string, signal: AbortSignal, platform?: string): AsyncIterable<PullProgress>;
  /** Asks Docker Hub, through the engine. */
  search(words: string): Promise<readonly FoundImage[]>;
  /** To the registry that stands in the name. */
  push(reference: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /** Whether the registry takes them; what to keep instead of the password, where it gives one. */
  login(credentials: Credentials): Promise<string | undefined>;
  /** The context is a tar stream; it is read as the engine takes it. */
  build(
    context: AsyncIterable<Uint8Array>,
    options: BuildOptions,
    signal: AbortSignal,
  ): AsyncIterable<BuildEvent>;
  stat(container: string, path: string): Promise<PathStat>;
  /** A tar of the path, its own name first. */
  readArchive(container: string, path: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Unpacks a tar in a folder that exists. */
  writeArchive(
    container: string,
    folder: string,
    tar: AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Ends with an error when the engine goes away; what happened after `since` comes first. */
  events(signal: AbortSignal, since?: string): AsyncIterable<EngineEvent>;
}
