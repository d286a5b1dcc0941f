/** What `inspect` answers of containers and images, as far as it is read here. */

type Maybe<T> = T | null | undefined;
export type Flags = Maybe<Readonly<Record<string, unknown>>>;
export type Pairs = Maybe<Readonly<Record<string, string>>>;
export type Texts = Maybe<readonly string[]>;

export interface RawHealth {
  readonly Test?: Texts;
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

export interface RawConfig {
  readonly Image?: string;
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly User?: string;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
  readonly Env?: Texts;
  readonly Cmd?: Texts;
  readonly Entrypoint?: Texts;
  readonly WorkingDir?: string;
  readonly Labels?: Pairs;
  readonly ExposedPorts?: Flags;
  readonly Volumes?: Flags;
  readonly Healthcheck?: Maybe<RawHealth>;
  readonly StopSignal?: string;
  readonly StopTimeout?: Maybe<number>;
  readonly MacAddress?: string;
}

export interface RawMountOptions {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: Maybe<{
    readonly Propagation?: string;
    readonly NonRecursive?: boolean;
    readonly CreateMountpoint?: boolean;
  }>;
  readonly VolumeOptions?: Maybe<{
    readonly NoCopy?: boolean;
    readonly Subpath?: string;
    readonly Labels?: Pairs;
    readonly DriverConfig?: Maybe<{ readonly Name?: string; readonly Options?: Pairs }>;
  }>;
  readonly TmpfsOptions?: Maybe<{ readonly SizeBytes?: number; readonly Mode?: number }>;
}

export interface RawRequest {
  readonly Driver?: string;
  readonly Count?: number;
  readonly DeviceIDs?: Texts;
  readonly Capabilities?: Maybe<readonly (readonly string[])[]>;
  readonly Options?: Pairs;
}

export interface RawHost {
  readonly Binds?: Texts;
  readonly Mounts?: Maybe<readonly RawMountOptions[]>;
  readonly Tmpfs?: Pairs;
  readonly VolumesFrom?: Texts;
  readonly NetworkMode?: string;
  readonly PortBindings?: Maybe<
    Readonly<
      Record<string, Maybe<readonly { readonly HostIp?: string; readonly HostPort?: string }[]>>
    >
  >;
  readonly RestartPolicy?: Maybe<{
    readonly Name?: string;
    readonly MaximumRetryCount?: number;
  }>;
  readonly LogConfig?: Maybe<{ readonly Type?: string; readonly Config?: Pairs }>;
  readonly Ulimits?: Maybe<
    readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[]
  >;
  readonly Devices?: Maybe<
    readonly {
      readonly PathOnHost: string;
      readonly PathInContainer: string;
      readonly CgroupPermissions: string;
    }[]
  >;
  readonly DeviceRequests?: Maybe<readonly RawRequest[]>;
  readonly MaskedPaths?: Texts;
  readonly SecurityOpt?: Texts;
  readonly [property: string]: unknown;
}

export interface RawEndpoint {
  readonly Aliases?: Texts;
  readonly IPAMConfig?: Maybe<{ readonly IPv4Address?: string; readonly IPv6Address?: string }>;
}

export interface RawContainerDetails {
  readonly Id?: string;
  readonly Name?: string;
  readonly Image?: string;
  readonly Platform?: string;
  readonly Config?: RawConfig;
  readonly HostConfig?: RawHost;
  readonly State?: { readonly Status?: string; readonly Running?: boolean };
  readonly Mounts?: Maybe<
    readonly {
      readonly Type?: string;
      readonly Name?: string;
      readonly Source?: string;
      readonly Destination?: string;
      readonly RW?: boolean;
    }[]
  >;
  readonly NetworkSettings?: {
    readonly Networks?: Maybe<Readonly<Record<string, Maybe<RawEndpoint>>>>;
  };
}

export interface RawImageDetails {
  readonly Id?: string;
  readonly RepoTags?: Texts;
  readonly Config?: Maybe<RawConfig>;
  readonly Os?: string;
  readonly Architecture?: string;
}
