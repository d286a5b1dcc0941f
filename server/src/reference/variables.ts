/** Variables that are predefined. Texts are Markdown. */
export interface BuildVariable {
  readonly name: string;
  readonly documentation: string;
}

/** Set by BuildKit; a stage can use one only after declaring it with `ARG`. */
export const platformArguments: readonly BuildVariable[] = [
  {
    name: 'TARGETPLATFORM',
    documentation: 'Target platform of the build, such as `linux/arm64` or `linux/arm/v7`.',
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
  { name: 'TARGETSTAGE', documentation: 'Name of the target stage of the build.' },
  { name: 'BUILDPLATFORM', documentation: 'Platform of the build machine.' },
  { name: 'BUILDOS', documentation: 'Operating system of `BUILDPLATFORM`.' },
  { name: 'BUILDARCH', documentation: 'Architecture of `BUILDPLATFORM`.' },
  { name: 'BUILDVARIANT', documentation: 'Variant of `BUILDPLATFORM`; often empty.' },
  {
    name: 'BUILDOSVERSION',
    documentation: 'Operating system version of `BUILDPLATFORM`, used with Windows.',
  },
];

/** Accepted in `--build-arg` without a declaration; not part of the history and of the cache key. */
export const proxyArguments: readonly BuildVariable[] = [
  { name: 'HTTP_PROXY', documentation: 'HTTP proxy during the build.' },
  { name: 'http_proxy', documentation: 'HTTP proxy during the build.' },
  { name: 'HTTPS_PROXY', documentation: 'HTTPS proxy during the build.' },
  { name: 'https_proxy', documentation: 'HTTPS proxy during the build.' },
  { name: 'FTP_PROXY', documentation: 'FTP proxy during the build.' },
  { name: 'ftp_proxy', documentation: 'FTP proxy during the build.' },
  { name: 'NO_PROXY', documentation: 'Hosts that are accessed without a proxy during the build.' },
  { name: 'no_proxy', documentation: 'Hosts that are accessed without a proxy during the build.' },
  { name: 'ALL_PROXY', documentation: 'Proxy for all protocols during the build.' },
  { name: 'all_proxy', documentation: 'Proxy for all protocols during the build.' },
];

/** Build arguments that configure the build itself. */
export const buildkitArguments: readonly BuildVariable[] = [
  {
    name: 'SOURCE_DATE_EPOCH',
    documentation:
      'Unix timestamp for the image and its layers, for reproducible builds. As the default of an `ARG` before the first `FROM`, `context` is the time of a remote build context, and the name of a stage is the time of that stage (Dockerfile 1.24).',
  },
  {
    name: 'BUILDKIT_SYNTAX',
    documentation: 'Image of the Dockerfile frontend, as in `# syntax=`.',
  },
  {
    name: 'BUILDKIT_INLINE_CACHE',
    documentation: '`1` stores cache metadata in the image.',
  },
  {
    name: 'BUILDKIT_MULTI_PLATFORM',
    documentation: 'Creates a multi-platform result even for a single platform.',
  },
  { name: 'BUILDKIT_SANDBOX_HOSTNAME', documentation: 'Host name during the build.' },
  {
    name: 'BUILDKIT_CONTEXT_KEEP_GIT_DIR',
    documentation: 'Keeps the `.git` directory of a build context from Git.',
  },
  {
    name: 'BUILDKIT_CACHE_MOUNT_NS',
    documentation: 'Namespace for the IDs of cache mounts.',
  },
  {
    name: 'BUILDKIT_SBOM_SCAN_CONTEXT',
    documentation: '`true` includes the build context in the SBOM.',
  },
  {
    name: 'BUILDKIT_SBOM_SCAN_STAGE',
    documentation: '`true` or stage names: includes these stages in the SBOM.',
  },
  {
    name: 'BUILDKIT_DOCKERFILE_CHECK',
    documentation: 'Configuration of build checks, as in `# check=`.',
  },
];

export const predefinedArguments: readonly BuildVariable[] = [
  ...platformArguments,
  ...proxyArguments,
  ...buildkitArguments,
];
