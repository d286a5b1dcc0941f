import type { FlagInfo } from './reference.ts';

export const platform: FlagInfo = {
  name: 'platform',
  value: 'platform',
  placeholder: 'os/arch[/variant]',
  documentation:
    'Takes the image for this platform instead of the one built for. `$BUILDPLATFORM` takes that of the machine that builds, for cross-compiling.',
  expands: true,
};

const chown: FlagInfo = {
  name: 'chown',
  value: 'user',
  placeholder: 'user[:group]',
  documentation:
    'Owner of the new files, by name or id; root by default. Names must be in the image.',
  expands: true,
};

const chmod: FlagInfo = {
  name: 'chmod',
  value: 'mode',
  placeholder: 'mode',
  documentation: 'Permissions of the new files, in octal (`755`) or symbolic (`u=rwX,go=rX`).',
  expands: true,
};

const link: FlagInfo = {
  name: 'link',
  value: 'boolean',
  placeholder: 'true|false',
  documentation:
    'Puts the files into a layer of their own, which stays in the cache when what is below it changes. Symbolic links in the target path are not followed.',
  values: ['true', 'false'],
};

const exclude: FlagInfo = {
  name: 'exclude',
  value: 'pattern',
  placeholder: 'pattern',
  documentation: 'Leaves out files of the source that match, as in `.dockerignore`.',
  repeatable: true,
  expands: true,
};

export const copyFlags: readonly FlagInfo[] = [
  {
    name: 'from',
    value: 'image-or-stage',
    placeholder: 'stage|image|context',
    documentation:
      'Copies from a stage, an image or a named context instead of the build context. Variables are not expanded here.',
  },
  chown,
  chmod,
  link,
  {
    name: 'parents',
    value: 'boolean',
    placeholder: 'true|false',
    documentation:
      'Keeps the folders of the source paths. A `/./` in a path says from where on they are kept.',
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
      'What a file from HTTP must hash to, or the commit that a Git source must be at.',
    expands: true,
  },
  {
    name: 'keep-git-dir',
    value: 'boolean',
    placeholder: 'true|false',
    documentation: 'Keeps the `.git` folder of a Git source.',
    values: ['true', 'false'],
  },
  {
    name: 'unpack',
    value: 'boolean',
    placeholder: 'true|false',
    documentation:
      'Whether archives are unpacked: local ones are by default, those from a URL are not.',
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
      'Makes files, a cache, a secret or an SSH agent present while the command runs, and only then.',
    repeatable: true,
    expands: true,
  },
  {
    name: 'network',
    value: 'network',
    placeholder: 'default|none|host',
    documentation:
      'Network of the command. `none` takes it away; `host` must be allowed for the build (`--allow network.host`).',
    values: ['default', 'none', 'host'],
  },
  {
    name: 'security',
    value: 'security',
    placeholder: 'sandbox|insecure',
    documentation:
      '`insecure` runs the command with elevated rights and must be allowed for the build (`--allow security.insecure`).',
    values: ['sandbox', 'insecure'],
  },
  {
    name: 'device',
    value: 'device',
    placeholder: 'name[,required]',
    documentation: 'Gives the command a CDI device, such as a GPU (`nvidia.com/gpu=all`).',
    repeatable: true,
  },
];

function duration(name: string, fallback: string, documentation: string): FlagInfo {
  return {
    name,
    value: 'duration',
    placeholder: fallback,
    documentation: `${documentation} By default \`${fallback}\`.`,
  };
}

export const healthFlags: readonly FlagInfo[] = [
  duration('interval', '30s', 'Time between two checks.'),
  duration('timeout', '30s', 'A check that takes longer has failed.'),
  duration('start-period', '0s', 'Time to start, in which failures do not count.'),
  duration('start-interval', '5s', 'Time between two checks in the start period.'),
  {
    name: 'retries',
    value: 'number',
    placeholder: '3',
    documentation: 'So many failures in a row make the container unhealthy. By default `3`.',
  },
];
