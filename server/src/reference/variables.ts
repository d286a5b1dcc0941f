/** Variables that exist without being written in the file. Texts are Markdown in plain English. */
export interface BuildVariable {
  readonly name: string;
  readonly documentation: string;
}

/** Set by BuildKit; a stage sees one only after it has declared it with `ARG`. */
export const platformArguments: readonly BuildVariable[] = [
  {
    name: 'TARGETPLATFORM',
    documentation: 'Platform that is built for, such as `linux/arm64` or `linux/arm/v7`.',
  },
  { name: 'TARGETOS', documentation: 'Operating system of `TARGETPLATFORM`, such as `linux`.' },
  { name: 'TARGETARCH', documentation: 'Architecture of `TARGETPLATFORM`, such as `amd64`.' },
  {
    name: 'TARGETVARIANT',
    documentation: 'Variant of `TARGETPLATFORM`, such as `v7`; often empty.',
  },
  {
    name: 'TARGETOSVERSION',
    documentation: 'Operating system version of `TARGETPLATFORM`, used with Windows.',
  },
  { name: 'TARGETSTAGE', documentation: 'Name of the stage that is built.' },
  { name: 'BUILDPLATFORM', documentation: 'Platform of the machine that builds.' },
  { name: 'BUILDOS', documentation: 'Operating system of `BUILDPLATFORM`.' },
  { name: 'BUILDARCH', documentation: 'Architecture of `BUILDPLATFORM`.' },
  { name: 'BUILDVARIANT', documentation: 'Variant of `BUILDPLATFORM`; often empty.' },
  {
    name: 'BUILDOSVERSION',
    documentation: 'Operating system version of `BUILDPLATFORM`, used with Windows.',
  },
];

/** Taken from `--build-arg` without being declared; in no history and no part of the cache key. */
export const proxyArguments: readonly BuildVariable[] = [
  { name: 'HTTP_PROXY', documentation: 'Proxy for HTTP while building.' },
  { name: 'http_proxy', documentation: 'Proxy for HTTP while building.' },
  { name: 'HTTPS_PROXY', documentation: 'Proxy for HTTPS while building.' },
  { name: 'https_proxy', documentation: 'Proxy for HTTPS while building.' },
  { name: 'FTP_PROXY', documentation: 'Proxy for FTP while building.' },
  { name: 'ftp_proxy', documentation: 'Proxy for FTP while building.' },
  { name: 'NO_PROXY', documentation: 'Hosts that are reached without a proxy while building.' },
  { name: 'no_proxy', documentation: 'Hosts that are reached without a proxy while building.' },
  { name: 'ALL_PROXY', documentation: 'Proxy for all protocols while building.' },
  { name: 'all_proxy', documentation: 'Proxy for all protocols while building.' },
];

/** Settings of the build itself, given as build arguments. */
export const buildkitArguments: readonly BuildVariable[] = [
  {
    name: 'SOURCE_DATE_EPOCH',
    documentation: 'Unix time of the image and its layers, for builds that give the same bytes.',
  },
  { name: 'BUILDKIT_SYNTAX', documentation: 'Frontend image, as in `# syntax=`.' },
  {
    name: 'BUILDKIT_INLINE_CACHE',
    documentation: '`1` puts cache metadata into the image.',
  },
  {
    name: 'BUILDKIT_MULTI_PLATFORM',
    documentation: 'Makes a multi-platform result even for one platform.',
  },
  { name: 'BUILDKIT_SANDBOX_HOSTNAME', documentation: 'Host name while building.' },
  {
    name: 'BUILDKIT_CONTEXT_KEEP_GIT_DIR',
    documentation: 'Keeps `.git` in a context from Git.',
  },
  {
    name: 'BUILDKIT_CACHE_MOUNT_NS',
    documentation: 'Prefix of the ids of cache mounts.',
  },
  {
    name: 'BUILDKIT_SBOM_SCAN_CONTEXT',
    documentation: '`true` takes the build context into the bill of materials.',
  },
  {
    name: 'BUILDKIT_SBOM_SCAN_STAGE',
    documentation: '`true`, or names of stages: takes them into the bill of materials.',
  },
  { name: 'BUILDKIT_DOCKERFILE_CHECK', documentation: 'Settings of the checks, as in `# check=`.' },
];

export const predefinedArguments: readonly BuildVariable[] = [
  ...platformArguments,
  ...proxyArguments,
  ...buildkitArguments,
];
