import type { MountOption, MountType } from './reference.ts';

const target: MountOption = {
  name: 'target',
  aliases: ['dst', 'destination'],
  value: 'path',
  documentation: 'Mount path; a relative path is resolved against the working directory.',
};
const source: MountOption = {
  name: 'source',
  aliases: ['src'],
  value: 'path',
  documentation: 'Path in `from` to mount; the default is its root.',
};
const from: MountOption = {
  name: 'from',
  aliases: [],
  value: 'image-or-stage',
  documentation:
    'Build stage, image or named context that contains `source`. Variables are not expanded.',
};
const readonly: MountOption = {
  name: 'readonly',
  aliases: ['ro'],
  value: 'boolean',
  documentation: 'Mounts the files read-only.',
  bare: true,
};
const readwrite: MountOption = {
  name: 'readwrite',
  aliases: ['rw'],
  value: 'boolean',
  documentation:
    'Allows writes to the mount. In a bind mount, written data is discarded after the command.',
  bare: true,
};
const required: MountOption = {
  name: 'required',
  aliases: [],
  value: 'boolean',
  documentation:
    'Makes the build fail if it is not provided. By default, the command runs without it.',
  bare: true,
};

function ownershipOptions(subject: string, mode: string): readonly MountOption[] {
  return [
    {
      name: 'mode',
      aliases: [],
      value: 'mode',
      documentation: `File mode of the ${subject}, in octal. The default is \`${mode}\`.`,
    },
    {
      name: 'uid',
      aliases: [],
      value: 'number',
      documentation: `User ID of the ${subject}. The default is 0.`,
    },
    {
      name: 'gid',
      aliases: [],
      value: 'number',
      documentation: `Group ID of the ${subject}. The default is 0.`,
    },
  ];
}

const type: MountOption = {
  name: 'type',
  aliases: [],
  value: 'type',
  documentation: 'Type of the mount; the default is `bind`.',
  values: ['bind', 'cache', 'secret', 'ssh', 'tmpfs'],
};

function id(documentation: string): MountOption {
  return { name: 'id', aliases: [], value: 'id', documentation };
}

/** The mount types of `RUN --mount` with all their options. */
export const mountTypes: readonly MountType[] = [
  {
    type: 'bind',
    documentation:
      'Mounts files from the build context, a stage or an image without copying them into a layer. Read-only by default.',
    options: [type, target, source, from, readwrite, readonly],
  },
  {
    type: 'cache',
    documentation:
      'Mounts a directory that persists between builds, for package managers and compilers. It is not part of the image.',
    options: [
      type,
      target,
      id('Identifies the cache; the default is the value of `target`.'),
      {
        name: 'sharing',
        aliases: [],
        value: 'sharing',
        documentation:
          'How concurrent builds use the cache: `shared` (default), `private` (a second build gets its own cache) or `locked` (a second build waits).',
        values: ['shared', 'private', 'locked'],
      },
      from,
      source,
      readonly,
      readwrite,
      ...ownershipOptions('new cache directory', '0755'),
    ],
  },
  {
    type: 'secret',
    documentation:
      'Mounts a secret of the build as a file or an environment variable, without storing it in the image or its history.',
    options: [
      type,
      id(
        'ID of the secret, as passed to the build with `--secret`; the default is the last part of `target`.',
      ),
      {
        ...target,
        documentation:
          'Path of the secret file; the default is `/run/secrets/` followed by the ID, unless `env` is set.',
      },
      {
        name: 'env',
        aliases: [],
        value: 'name',
        documentation: 'Environment variable that contains the secret for this command.',
      },
      required,
      { ...source, documentation: 'Older name of `id`.' },
      ...ownershipOptions('secret file', '0400'),
    ],
  },
  {
    type: 'ssh',
    documentation: 'Mounts the SSH agent or keys passed to the build, as a socket.',
    options: [
      type,
      id('ID of the SSH agent, as passed to the build with `--ssh`; the default is `default`.'),
      {
        ...target,
        documentation: 'Path of the socket; the default is `/run/buildkit/ssh_agent.N`.',
      },
      required,
      ...ownershipOptions('socket', '0600'),
    ],
  },
  {
    type: 'tmpfs',
    documentation: 'Mounts an empty directory in memory, which is discarded after the command.',
    options: [
      type,
      target,
      {
        name: 'size',
        aliases: [],
        value: 'size',
        documentation: 'Maximum size, such as `64m`; unlimited by default.',
      },
    ],
  },
];
