/** Volumes, networks, image layers and the disk usage of an engine, as plain data. */

export interface Volume {
  readonly name: string;
  readonly driver: string;
  /** Its directory on the host of the engine. */
  readonly mountpoint: string;
  /** Absent if the engine does not report it. */
  readonly createdAt?: Date;
  /** Created together with a container, without a name. */
  readonly anonymous: boolean;
  /** Compose project. */
  readonly project?: string;
  readonly labels: Labels;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  /** True for `bridge`, `host` and `none`, which always exist and cannot be removed. */
  readonly builtin: boolean;
  /** Without access to external networks. */
  readonly internal: boolean;
  readonly subnets: readonly { readonly subnet: string; readonly gateway?: string }[];
  readonly createdAt?: Date;
  /** Compose project. */
  readonly project?: string;
  readonly labels: Labels;
}

export type Labels = Readonly<Record<string, string>>;

export interface NewVolume {
  /** If absent, the engine generates one. */
  readonly name?: string;
  readonly driver?: string;
  readonly options?: Labels;
  readonly labels?: Labels;
}

export interface NewNetwork {
  readonly name: string;
  readonly driver?: string;
  /** `172.28.0.0/16`. */
  readonly subnet?: string;
  readonly gateway?: string;
  readonly internal?: boolean;
  readonly ipv6?: boolean;
  /** Of its driver. */
  readonly options?: Labels;
  readonly labels?: Labels;
}

/** One build step of an image. */
export interface Layer {
  /** The id of the image that ends with this step; absent if the engine does not have it. */
  readonly id?: string;
  /** The instruction, as recorded by the builder. */
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
  readonly createdAt: Date;
  readonly tags: readonly string[];
  readonly comment: string;
}

/** Processes of a container: the column titles of `ps` on the host of the engine, and one row per process. */
export interface ProcessTable {
  readonly titles: readonly string[];
  readonly processes: readonly (readonly string[])[];
}

export interface Change {
  readonly kind: 'added' | 'changed' | 'deleted';
  readonly path: string;
}

/** A repository found on Docker Hub. */
export interface SearchResult {
  readonly name: string;
  readonly description: string;
  readonly stars: number;
  readonly official: boolean;
}

/** What an image uses on disk; sizes in bytes. */
export interface ImageUsage {
  readonly id: string;
  readonly size: number;
  /** In layers that other images use too, as `docker system df -v` shows it; absent if the engine did not compute it. */
  readonly shared?: number;
  /** The platforms that it is stored for, such as `linux/arm64`; empty on engines that do not keep images in containerd. */
  readonly platforms: readonly { readonly name: string; readonly size: number }[];
}

/** What uses disk space of the engine; all sizes in bytes. */
export interface DiskUsage {
  /** Size of all image layers, each counted once; absent if the engine does not report it. */
  readonly layersSize?: number;
  readonly images: readonly {
    readonly id: string;
    readonly tags: readonly string[];
    readonly size: number;
    /** Bytes in layers that other images use too. */
    readonly shared: number;
    readonly createdAt: Date;
    readonly labels: Labels;
  }[];
  readonly containers: readonly {
    readonly id: string;
    /** Bytes of the files written in the container. */
    readonly size: number;
  }[];
  readonly volumes: readonly {
    readonly name: string;
    /** Absent if the volume driver does not report it. */
    readonly size?: number;
    /** How many containers use it. */
    readonly uses: number;
  }[];
  readonly buildCache: readonly CacheRecord[];
}

export interface CacheRecord {
  readonly id: string;
  /** `regular`, `source.local` and so on. */
  readonly type: string;
  readonly description: string;
  readonly size: number;
  readonly inUse: boolean;
  /** An image uses it too, so removing it does not free space. */
  readonly shared: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
}

export interface EngineInfo {
  readonly hostName: string;
  readonly system: string;
  readonly kernel: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly storageDriver: string;
  /** Whether images are kept in containerd: with their compressed layers, and for several platforms. */
  readonly containerdStore: boolean;
  /** The directory of the engine's data on its host. */
  readonly dataRoot: string;
  readonly runtimes: readonly string[];
  readonly defaultRuntime: string;
  /** Of containers for which none is given: `private`, or `shareable`. */
  readonly defaultIpcMode: string;
  readonly defaultLogDriver: string;
  readonly cgroups: string;
  readonly rootless: boolean;
  /** GPUs and other devices that containers can request by name. */
  readonly devices: readonly string[];
  readonly mirrors: readonly string[];
  /** Sentences written by the engine. */
  readonly warnings: readonly string[];
}
