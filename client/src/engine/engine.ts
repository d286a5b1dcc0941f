/** The port to the Docker engine and its plain data. The adapter is in `docker-api/`; tests use a fake engine. */
import type { BuildEvent, BuildRecord, BuildRequest } from '../../../contract/build.ts';
import type { Credentials } from './credentials.ts';
import type { Details } from './details.ts';
import type { LogBatch } from './log-batch.ts';
import type { Limits, CreatedContainer, NewContainer, NewImage } from './container-requests.ts';
import type {
  CacheRecord,
  Change,
  DiskUsage,
  EngineInfo,
  ImageUsage,
  SearchResult,
  Labels,
  Layer,
  Network,
  NewNetwork,
  NewVolume,
  ProcessTable,
  Volume,
} from './objects.ts';
import type { ArchiveStream } from './tar-parser.ts';
import type { Usage } from './usage.ts';

export type State =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface Port {
  readonly container: number;
  /** Absent if the port is exposed but not published. */
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
  /** The status written by the engine: `Up 2 hours (healthy)`. */
  readonly status: string;
  readonly health?: 'healthy' | 'unhealthy' | 'starting';
  /** Present if it has exited. */
  readonly exitCode?: number;
  /** Compose project. */
  readonly project?: string;
  /** Compose service. */
  readonly service?: string;
  readonly ports: readonly Port[];
  readonly createdAt: Date;
  readonly command: string;
  readonly labels: Labels;
  /** Names of the volumes that are mounted in it, without bind mounts. */
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
  readonly objectType: 'container' | 'image' | 'network' | 'volume';
  readonly action: string;
  readonly id: string;
  /** Nanoseconds since 1970, in the form that the parameter `since` of the events request accepts. */
  readonly timeNano: string;
  /** How the main process ended; of `die`. */
  readonly exitCode?: number;
  /** The number of the signal that was sent to the main process; of `kill`. */
  readonly signal?: string;
  /** The name of the object, if it has one. */
  readonly name?: string;
  /** The image of a container, as given at its creation. */
  readonly image?: string;
  /** The id of the container that was connected to a network, or disconnected. */
  readonly container?: string;
}

/** The byte streams of a process, in both directions. */
export interface Duplex {
  readonly output: AsyncIterable<Uint8Array>;
  write(data: Uint8Array): void;
  /** Resolves when what was written has been sent, or the process has ended; absent where little is written. */
  readonly drained?: () => Promise<void>;
  /** Closes the input: the process reads end of file. */
  end(): void;
  resize(columns: number, rows: number): Promise<void>;
  close(): void;
  /** Resolves to the exit code after the process has ended and its output was read completely. Rejects after `close`. */
  readonly exit: Promise<number>;
}

export interface EngineVersion {
  readonly version: string;
  readonly apiVersion: string;
  readonly os: string;
  readonly architecture: string;
  /** The product that implements the Docker API. */
  readonly product: 'docker' | 'podman';
}

/** One line of progress of a pull or a push. */
export interface PullProgress {
  readonly layer?: string;
  readonly status: string;
  /** Bytes. */
  readonly current?: number;
  readonly total?: number;
}

export interface LogsOptions {
  readonly follow: boolean;
  /** Number of existing lines to include. */
  readonly tail: number;
  readonly timestamps?: boolean;
  /** Only lines since this time, in whole seconds since 1970. */
  readonly since?: number;
  /** Only lines up to this time, in whole seconds since 1970. */
  readonly until?: number;
}

/** The size of a terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface AttachOptions {
  readonly tty: boolean;
  /** The keys that end the connection but not the process, such as `ctrl-p,ctrl-q`, which is the default of the engine. */
  readonly detachKeys?: string;
}

export interface ExecOptions extends AttachOptions {
  readonly user?: string;
  readonly workdir?: string;
  readonly env?: readonly string[];
  /** With all capabilities, and access to all devices of the host. */
  readonly privileged?: boolean;
  /** The size at the start; engines before API 1.42 ignore it. */
  readonly size?: TerminalSize;
}

/** The properties of a path in a container that copying needs. */
export interface PathStat {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Unix permission bits. */
  readonly mode: number;
  /** The path in the container that a link leads to, through all links. */
  readonly linkTarget?: string;
  /** When it was modified, as the engine writes it: RFC 3339 with nanoseconds. */
  readonly modified?: string;
}

/** All methods reject with EngineError and nothing else. */
export interface Engine {
  version(): Promise<EngineVersion>;
  /** All containers, including stopped ones; with ids, only these, in any order, as far as they exist. */
  containers(ids?: readonly string[]): Promise<readonly Container[]>;
  images(): Promise<readonly Image[]>;
  /** What images share, and their platforms; empty on engines that compute it only with the whole disk, before Docker 23. */
  imageUsage(): Promise<readonly ImageUsage[]>;
  create(container: NewContainer): Promise<CreatedContainer>;
  /** Attaches to the main process. Call it before `start`, so that no output is lost. */
  attach(id: string, options: AttachOptions): Promise<Duplex>;
  /** Takes effect immediately, also in a running container. */
  update(id: string, limits: Limits): Promise<void>;
  /** Creates an image from the files of the container; resolves to the id of the image. */
  commit(id: string, image: NewImage): Promise<string>;
  start(id: string): Promise<void>;
  stop(id: string): Promise<void>;
  restart(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  unpause(id: string): Promise<void>;
  /** Sends SIGKILL. */
  kill(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  remove(
    container: string,
    options?: { readonly force?: boolean; readonly volumes?: boolean },
  ): Promise<void>;
  /** Removes an image by tag, digest or id; resolves to what was untagged and deleted. */
  removeImage(
    reference: string,
    options?: { readonly force?: boolean },
  ): Promise<{ readonly untagged: readonly string[]; readonly deleted: readonly string[] }>;
  inspect<K extends keyof Details>(objectType: K, id: string): Promise<Details[K]>;
  /** The processes of a running container, as reported by `ps` on the host of the engine. */
  top(id: string): Promise<ProcessTable>;
  /** One measurement per second while the container runs. Ends when the container does, or on abort. */
  stats(id: string, signal: AbortSignal): AsyncIterable<Usage>;
  /** The files of the container that differ from its image. */
  changes(id: string): Promise<readonly Change[]>;
  volumes(): Promise<readonly Volume[]>;
  networks(): Promise<readonly Network[]>;
  /** Resolves to the name of the volume. */
  createVolume(volume: NewVolume): Promise<string>;
  /** Resolves to the id of the network. */
  createNetwork(network: NewNetwork): Promise<string>;
  /** Connects a container in any state; a stopped one when it starts. */
  connectNetwork(network: string, container: string): Promise<void>;
  disconnectNetwork(network: string, container: string): Promise<void>;
  removeVolume(name: string): Promise<void>;
  removeNetwork(id: string): Promise<void>;
  info(): Promise<EngineInfo>;
  /** Can be slow, because the engine reads its whole disk. */
  diskUsage(signal: AbortSignal): Promise<DiskUsage>;
  /** The records of the build cache; empty on engines that can only report their whole disk, since Docker 23 can more. */
  buildCache(signal: AbortSignal): Promise<readonly CacheRecord[]>;
  /** Removes records of the build cache; resolves to the number of bytes freed. */
  pruneBuildCache(ids: readonly string[], signal: AbortSignal): Promise<number>;
  /** The steps that built the image, the latest first. */
  history(image: string): Promise<readonly Layer[]>;
  /** Adds a name to the image; if another image has this name, it is moved. */
  tag(image: string, reference: string): Promise<void>;
  /** One tar archive of all images. Images given by reference keep that tag, images given by id have no tag. */
  save(references: readonly string[], signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Yields each loaded image: its tag, or its id if it does not have one. */
  load(tar: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<string>;
  /** The output as text without stream headers. Ends when the container does, or on abort. */
  logs(id: string, options: LogsOptions, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * The lines of the output with their times and streams. Each batch is valid until the next one is requested. Ends when the
   * container does, or on abort.
   */
  logLines(
    id: string,
    options: Omit<LogsOptions, 'timestamps'>,
    signal: AbortSignal,
  ): AsyncIterable<LogBatch>;
  exec(id: string, argv: readonly string[], options: ExecOptions): Promise<Duplex>;
  /** Pulls for the platform of the engine unless another is given, such as `linux/arm64`. */
  pull(reference: string, signal: AbortSignal, platform?: string): AsyncIterable<PullProgress>;
  /** Searches Docker Hub through the engine. */
  search(words: string): Promise<readonly SearchResult[]>;
  /** Pushes to the registry in the reference. */
  push(reference: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /** Rejects if the registry refuses the credentials. Resolves to a token to store instead of the password, if the registry issues one. */
  login(credentials: Credentials): Promise<string | undefined>;
  /** Yields what happens until the image exists; a failed build ends with the event `failed` and an EngineError. */
  build(request: BuildRequest, signal: AbortSignal): AsyncIterable<BuildEvent>;
  /**
   * The version of BuildKit in the engine, or in the builder with this name: `0.17.3`. Undefined if it does not report one, or
   * if the builder would have to be started. Rejects if it cannot be reached.
   */
  builderVersion(builder: string | undefined, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Yields the last builds of all programs on the engine, and then each build when it starts and when it ends, until the signal
   * is aborted. Ends at once on engines without a history. Rejects if the connection is lost.
   */
  buildHistory(signal: AbortSignal): AsyncIterable<BuildRecord>;
  stat(container: string, path: string): Promise<PathStat>;
  /** A tar archive of the path; its first entry is the path itself. */
  readArchive(container: string, path: string, signal?: AbortSignal): ArchiveStream;
  /**
   * Extracts a tar archive into an existing directory. The memory of a chunk may change when the fourth chunk after it is
   * requested.
   */
  writeArchive(
    container: string,
    directory: string,
    tar: AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<void>;
  /**
   * Yields first the events that happened after `since`. Ends with an error when the connection to the engine is lost. With
   * `until`, only past events, as far as the engine remembers them.
   */
  events(signal: AbortSignal, since?: string, until?: string): AsyncIterable<EngineEvent>;
}
