import type { FlagInfo } from './reference.ts';

export const platform: FlagInfo = {
  name: 'platform',
  value: 'platform',
  placeholder: 'os/arch[/variant]',
  documentation:
    'Uses the base image for this platform instead of the target platform of the build. `$BUILDPLATFORM` is the platform of the build machine, for cross-compilation.',
  expands: true,
};

const chown: FlagInfo = {
  name: 'chown',
  value: 'user',
  placeholder: 'user[:group]',
  documentation:
    'Owner of the copied files, by name or ID. The default is root. Names must exist in the image.',
  expands: true,
};

const chmod: FlagInfo = {
  name: 'chmod',
  value: 'mode',
  placeholder: 'mode',
  documentation:
    'Permissions of the copied files, in octal (`755`) or symbolic (`u=rwX,go=rX`) notation.',
  expands: true,
};

const link: FlagInfo = {
  name: 'link',
  value: 'boolean',
  placeholder: 'true|false',
  documentation:
    'Copies the files into an independent layer, which stays cached when earlier layers change. Symbolic links in the target path are not followed: in the image, each part of that path is a directory.',
  values: ['true', 'false'],
};

const exclude: FlagInfo = {
  name: 'exclude',
  value: 'pattern',
  placeholder: 'pattern',
  documentation:
    'Excludes source files that match the pattern. The syntax is that of `.dockerignore`.',
  repeatable: true,
  expands: true,
};

export const copyFlags: readonly FlagInfo[] = [
  {
    name: 'from',
    value: 'image-or-stage',
    placeholder: 'stage|image|context',
    documentation:
      'Copies from a build stage, an image or a named context instead of the build context. Variables are not expanded.',
  },
  chown,
  chmod,
  link,
  {
    name: 'parents',
    value: 'boolean',
    placeholder: 'true|false',
    documentation:
      'Preserves the parent directories of the source paths. A `/./` in a path marks where the preserved part begins, and `**` matches any number of directories.',
    values: ['true', 'false'],
  },
  exclude,
];

export const addFlags: readonly FlagInfo[] = [
  chown,
  chmod,
  link,
  {
    name: 'checksum',
    value: 'checksum',
    placeholder: 'sha256:…',
    documentation:
      'Verifies the checksum of a file from HTTP, or the commit of a Git source. If it differs, the build fails.',
    expands: true,
  },
  {
    name: 'keep-git-dir',
    value: 'boolean',
    placeholder: 'true|false',
    documentation: 'Keeps the `.git` directory of a Git source.',
    values: ['true', 'false'],
  },
  {
    name: 'unpack',
    value: 'boolean',
    placeholder: 'true|false',
    documentation:
      'Whether to extract tar archives. By default, local archives are extracted and those from a URL are not.',
    values: ['true', 'false'],
  },
  exclude,
];

export const runFlags: readonly FlagInfo[] = [
  {
    name: 'mount',
    value: 'mount',
    placeholder: 'type=…,target=…',
    documentation:
      'Mounts files, a cache, a secret or an SSH agent while the command runs. The mount is not part of the image.',
    repeatable: true,
    expands: true,
  },
  {
    name: 'network',
    value: 'network',
    placeholder: 'default|none|host',
    documentation:
      'Network of the command. `none` disables network access. `host` must be allowed for the build (`--allow network.host`).',
    values: ['default', 'none', 'host'],
  },
  {
    name: 'security',
    value: 'security',
    placeholder: 'sandbox|insecure',
    documentation:
      '`insecure` runs the command with elevated privileges. It must be allowed for the build (`--allow security.insecure`).',
    values: ['sandbox', 'insecure'],
  },
  {
    name: 'device',
    value: 'device',
    placeholder: 'name[,required]',
    documentation: 'Exposes a CDI device to the command, such as a GPU (`nvidia.com/gpu=all`).',
    repeatable: true,
  },
];

function duration(name: string, fallback: string, documentation: string): FlagInfo {
  return {
    name,
    value: 'duration',
    placeholder: fallback,
    documentation: `${documentation} The default is \`${fallback}\`.`,
  };
}

export const healthFlags: readonly FlagInfo[] = [
  duration('interval', '30s', 'Time between checks.'),
  duration('timeout', '30s', 'Maximum duration of a check; a check that takes longer fails.'),
  duration('start-period', '0s', 'Startup time during which failed checks are not counted.'),
  duration('start-interval', '5s', 'Time between checks during the start period.'),
  {
    name: 'retries',
    value: 'number',
    placeholder: '3',
    documentation:
      'Number of consecutive failures after which the container is unhealthy. The default is `3`.',
  },
];
