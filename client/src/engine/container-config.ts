/**
 * A container in the terms of the Docker Engine API: the body of `POST /containers/create`, and the result of inspect. Names
 * are those of the API, so that a path such as `HostConfig.Memory` means the same here, in Docker's documentation and in
 * `docker inspect`. Absent properties were not set.
 */

/** A 64-bit integer; a bigint if a number would lose digits. */
export type Integer = number | bigint;

export type Texts = readonly string[];
export type Pairs = Readonly<Record<string, string>>;
/** A set of names, such as `80/tcp`. */
export type Keys = Readonly<Record<string, object>>;

export interface Healthcheck {
  /** `['NONE']`, `['CMD', …]` or `['CMD-SHELL', command]`; empty is inherited from the image. */
  readonly Test?: Texts;
  /** Nanoseconds, like the other durations. */
  readonly Interval?: Integer;
  readonly Timeout?: Integer;
  readonly StartPeriod?: Integer;
  readonly StartInterval?: Integer;
  readonly Retries?: Integer;
}

export interface ContainerConfig {
  readonly Image?: string;
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly StdinOnce?: boolean;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
  readonly Env?: Texts;
  readonly Cmd?: Texts;
  readonly Entrypoint?: Texts;
  readonly Labels?: Pairs;
  readonly ExposedPorts?: Keys;
  readonly Volumes?: Keys;
  readonly Healthcheck?: Healthcheck;
  readonly StopSignal?: string;
  /** Seconds. */
  readonly StopTimeout?: Integer;
  /** Of the first network. Since API 1.44, it is only returned, and set in `EndpointSettings`. */
  readonly MacAddress?: string;
}

export interface MountConfig {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly NonRecursive?: boolean;
    readonly CreateMountpoint?: boolean;
    readonly ReadOnlyNonRecursive?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Subpath?: string;
    readonly Labels?: Pairs;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Pairs };
  };
  readonly ImageOptions?: { readonly Subpath?: string };
  readonly TmpfsOptions?: { readonly SizeBytes?: Integer; readonly Mode?: Integer };
}

export interface PortBinding {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

export interface DeviceMapping {
  readonly PathOnHost?: string;
  readonly PathInContainer?: string;
  readonly CgroupPermissions?: string;
}

export interface DeviceRequest {
  readonly Driver?: string;
  /** -1 is all. */
  readonly Count?: Integer;
  readonly DeviceIDs?: Texts;
  readonly Capabilities?: readonly Texts[];
  readonly Options?: Pairs;
}

export interface Ulimit {
  readonly Name?: string;
  readonly Soft?: Integer;
  readonly Hard?: Integer;
}

export interface DeviceRate {
  readonly Path?: string;
  readonly Rate?: Integer;
}

export interface DeviceWeight {
  readonly Path?: string;
  readonly Weight?: Integer;
}

export interface HostConfig {
  readonly Binds?: Texts;
  readonly Mounts?: readonly MountConfig[];
  readonly Tmpfs?: Pairs;
  readonly VolumesFrom?: Texts;
  readonly VolumeDriver?: string;
  readonly NetworkMode?: string;
  readonly PortBindings?: Readonly<Record<string, readonly PortBinding[]>>;
  readonly PublishAllPorts?: boolean;
  readonly Links?: Texts;
  readonly Dns?: Texts;
  readonly DnsSearch?: Texts;
  readonly DnsOptions?: Texts;
  readonly ExtraHosts?: Texts;
  readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: Integer };
  readonly AutoRemove?: boolean;
  readonly Init?: boolean;
  readonly LogConfig?: { readonly Type?: string; readonly Config?: Pairs };
  readonly Privileged?: boolean;
  readonly ReadonlyRootfs?: boolean;
  readonly CapAdd?: Texts;
  readonly CapDrop?: Texts;
  readonly GroupAdd?: Texts;
  readonly SecurityOpt?: Texts;
  readonly MaskedPaths?: Texts;
  readonly ReadonlyPaths?: Texts;
  readonly StorageOpt?: Pairs;
  readonly Sysctls?: Pairs;
  readonly Annotations?: Pairs;
  readonly IpcMode?: string;
  readonly PidMode?: string;
  readonly UTSMode?: string;
  readonly UsernsMode?: string;
  readonly CgroupnsMode?: string;
  readonly CgroupParent?: string;
  readonly Isolation?: string;
  readonly Runtime?: string;
  /** Bytes, like the other sizes. */
  readonly Memory?: Integer;
  readonly MemoryReservation?: Integer;
  readonly MemorySwap?: Integer;
  readonly MemorySwappiness?: Integer;
  readonly KernelMemory?: Integer;
  readonly ShmSize?: Integer;
  readonly NanoCpus?: Integer;
  readonly CpuShares?: Integer;
  readonly CpuPeriod?: Integer;
  readonly CpuQuota?: Integer;
  readonly CpuRealtimePeriod?: Integer;
  readonly CpuRealtimeRuntime?: Integer;
  readonly CpusetCpus?: string;
  readonly CpusetMems?: string;
  readonly CpuCount?: Integer;
  readonly CpuPercent?: Integer;
  readonly IOMaximumBandwidth?: Integer;
  readonly IOMaximumIOps?: Integer;
  readonly PidsLimit?: Integer;
  readonly OomKillDisable?: boolean;
  readonly OomScoreAdj?: Integer;
  readonly BlkioWeight?: Integer;
  readonly BlkioWeightDevice?: readonly DeviceWeight[];
  readonly BlkioDeviceReadBps?: readonly DeviceRate[];
  readonly BlkioDeviceReadIOps?: readonly DeviceRate[];
  readonly BlkioDeviceWriteBps?: readonly DeviceRate[];
  readonly BlkioDeviceWriteIOps?: readonly DeviceRate[];
  readonly Devices?: readonly DeviceMapping[];
  readonly DeviceRequests?: readonly DeviceRequest[];
  readonly DeviceCgroupRules?: Texts;
  readonly Ulimits?: readonly Ulimit[];
}

/** How a container is attached to one network. */
export interface EndpointSettings {
  readonly Aliases?: Texts;
  readonly Links?: Texts;
  readonly IPAMConfig?: {
    readonly IPv4Address?: string;
    readonly IPv6Address?: string;
    readonly LinkLocalIPs?: Texts;
  };
  readonly MacAddress?: string;
  readonly DriverOpts?: Pairs;
  readonly GwPriority?: Integer;
  /** Only inspect returns it, and only once the container has started. */
  readonly NetworkID?: string;
}

export type Endpoints = Readonly<Record<string, EndpointSettings>>;

/** The body of `POST /containers/create`. */
export interface CreateRequest extends ContainerConfig {
  readonly HostConfig?: HostConfig;
  readonly NetworkingConfig?: { readonly EndpointsConfig?: Endpoints };
}
