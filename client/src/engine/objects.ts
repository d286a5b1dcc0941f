/** Volumes, networks, layers and the disk of an engine, as plain data. */

export interface Volume {
  readonly name: string;
  readonly driver: string;
  /** Where the engine keeps it, on its own machine. */
  readonly mountpoint: string;
  /** Absent where the engine does not say. */
  readonly createdAt?: Date;
  /** Made with a container and named by nobody. */
  readonly anonymous: boolean;
  /** Compose project. */
  readonly project?: string;
  readonly labels: Labels;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  /** `bridge`, `host` and `none` are always there and cannot be removed. */
  readonly builtin: boolean;
  /** Without a way out. */
  readonly internal: boolean;
  readonly subnets: readonly { readonly subnet: string; readonly gateway?: string }[];
  readonly createdAt?: Date;
  /** Compose project. */
  readonly project?: string;
  readonly labels: Labels;
}

export type Labels = Readonly<Record<string, string>>;

export interface NewVolume {
  /** The engine makes one up where it is left out. */
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
  readonly labels?: Labels;
}

/** One step in the making of an image, the newest first. */
export interface Layer {
  /** Of the image that ended here; absent where nobody has it any more. */
  readonly id?: string;
  /** The instruction, as the builder wrote it down. */
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
  readonly createdAt: Date;
  readonly tags: readonly string[];
  readonly comment: string;
}

/** Columns as the engine's machine names them, one row for each process. */
export interface ProcessTable {
  readonly titles: readonly string[];
  readonly processes: readonly (readonly string[])[];
}

export interface Change {
  readonly kind: 'added' | 'changed' | 'deleted';
  readonly path: string;
}

/** One repository of Docker Hub. */
export interface FoundImage {
  readonly name: string;
  readonly description: string;
  readonly stars: number;
  readonly official: boolean;
}

/** What lies on the engine's disk; all sizes in bytes. */
export interface DiskUsage {
  /** Of all image layers, each counted once; absent where the engine does not say. */
  readonly layersSize?: number;
  readonly images: readonly {
    readonly id: string;
    readonly tags: readonly string[];
    readonly size: number;
    /** What other images have too. */
    readonly shared: number;
    readonly createdAt: Date;
    readonly labels: Labels;
  }[];
  readonly containers: readonly {
    readonly id: string;
    /** What was written in it. */
    readonly size: number;
  }[];
  readonly volumes: readonly {
    readonly name: string;
    /** Absent where the driver does not know. */
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
  /** An image has it too: removing it frees nothing. */
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
  /** Where the engine keeps its data, on its own machine. */
  readonly dataRoot: string;
  readonly runtimes: readonly string[];
  readonly defaultRuntime: string;
  /** Of containers for which none is given: `private`, or `shareable`. */
  readonly defaultIpcMode: string;
  readonly defaultLogDriver: string;
  readonly cgroups: string;
  readonly rootless: boolean;
  /** GPUs and others that the engine can hand to containers by name. */
  readonly devices: readonly string[];
  readonly mirrors: readonly string[];
  /** The engine's own sentences. */
  readonly warnings: readonly string[];
}
