/** The result of inspect for each kind of object, as plain data. */
import type { ContainerConfig, Endpoints, HostConfig } from './container-config.ts';
import type { Network, Volume } from './objects.ts';

interface Inspected {
  /** The complete JSON of the engine, indented. */
  readonly raw: string;
}

/** A mount of a container. */
export interface MountPoint {
  readonly type: string;
  /** Of a volume; empty for the others. */
  readonly name: string;
  /** On the engine's machine; empty for tmpfs. */
  readonly source: string;
  /** In the container. */
  readonly destination: string;
  readonly readOnly: boolean;
}

/** One run of a health check. */
export interface HealthCheckResult {
  readonly startedAt: Date;
  /** 0 is healthy. */
  readonly exitCode: number;
  /** The first 4 KiB. */
  readonly output: string;
}

export interface ContainerDetails extends Inspected {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  readonly imageId: string;
  /** Whether its main process runs; not while its restart policy waits to start it again. */
  readonly running: boolean;
  /** Whether it has been started at least once. */
  readonly started: boolean;
  /** Whether the kernel killed it because it was out of memory. */
  readonly outOfMemory: boolean;
  /** Of its last run; 0 while it runs. */
  readonly exitCode: number;
  /** Of its last run; absent if it was never started. */
  readonly startedAt?: Date;
  /** Absent if it never ended. */
  readonly finishedAt?: Date;
  readonly restartCount: number;
  /** The last five, the latest last. */
  readonly healthChecks: readonly HealthCheckResult[];
  readonly config: ContainerConfig;
  readonly host: HostConfig;
  readonly networks: Endpoints;
  readonly mounts: readonly MountPoint[];
}

export interface ImageDetails extends Inspected {
  readonly id: string;
  readonly tags: readonly string[];
  /** `repository@sha256:…`. */
  readonly digests: readonly string[];
  readonly config: ContainerConfig;
  /** `linux`. */
  readonly os: string;
  /** `amd64`. */
  readonly architecture: string;
  /** Digests of its layers, the lowest first. */
  readonly layers: readonly string[];
}

export interface NetworkDetails extends Network, Inspected {}

export interface VolumeDetails extends Volume, Inspected {}

/** The details of each kind of object. */
export interface Details {
  readonly container: ContainerDetails;
  readonly image: ImageDetails;
  readonly network: NetworkDetails;
  readonly volume: VolumeDetails;
}
