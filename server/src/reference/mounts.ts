import type { MountOption, MountType } from './reference.ts';

const target: MountOption = {
  name: 'target',
  aliases: ['dst', 'destination'],
  value: 'path',
  documentation: 'Where it is mounted; a relative path starts at the working directory.',
};
const source: MountOption = {
  name: 'source',
  aliases: ['src'],
  value: 'path',
  documentation: 'What is mounted, as a path in `from`; its root by default.',
};
const from: MountOption = {
  name: 'from',
  aliases: [],
  value: 'image-or-stage',
  documentation:
    'The stage, image or named context that `source` is in. Variables are not expanded here.',
};
const readonly: MountOption = {
  name: 'readonly',
  aliases: ['ro'],
  value: 'boolean',
  documentation: 'Nothing can be written to it.',
  bare: true,
};
const readwrite: MountOption = {
  name: 'readwrite',
  aliases: ['rw'],
  value: 'boolean',
  documentation:
    'It can be written to. In a bind mount, what was written is thrown away afterwards.',
  bare: true,
};
const required: MountOption = {
  name: 'required',
  aliases: [],
  value: 'boolean',
  documentation: 'The build fails when it is not given; otherwise the command runs without it.',
  bare: true,
};

function owned(what: string, mode: string): readonly MountOption[] {
  return [
    {
      name: 'mode',
      aliases: [],
      value: 'mode',
      documentation: `File mode of the ${what} in octal; \`${mode}\` by default.`,
    },
    {
      name: 'uid',
      aliases: [],
      value: 'number',
      documentation: `User id of the ${what}; 0 by default.`,
    },
    {
      name: 'gid',
      aliases: [],
      value: 'number',
      documentation: `Group id of the ${what}; 0 by default.`,
    },
  ];
}

const type: MountOption = {
  name: 'type',
  aliases: [],
  value: 'type',
  documentation: 'What kind of mount it is; `bind` by default.',
  values: ['bind', 'cache', 'secret', 'ssh', 'tmpfs'],
};

function id(documentation: string): MountOption {
  return { name: 'id', aliases: [], value: 'id', documentation };
}

/** The mounts of `RUN --mount`, each with all its options. */
export const mountTypes: readonly MountType[] = [
  {
    type: 'bind',
    documentation:
      'Files of the build context, a stage or an image, without copying them into a layer. Read-only by default.',
    options: [type, target, source, from, readwrite, readonly],
  },
  {
    type: 'cache',
    documentation:
      'A folder that stays from build to build, for package managers and compilers. It is no part of the image.',
    options: [
      type,
      target,
      id('Tells caches apart; the value of `target` by default.'),
      {
        name: 'sharing',
        aliases: [],
        value: 'sharing',
        documentation:
          'What happens when two builds use it at once: `shared` (the default), `private` (the second gets its own) or `locked` (the second waits).',
        values: ['shared', 'private', 'locked'],
      },
      from,
      source,
      readonly,
      readwrite,
      ...owned('new cache folder', '0755'),
    ],
  },
  {
    type: 'secret',
    documentation:
      'A secret given to the build, as a file or an environment variable, in no layer and in no history.',
    options: [
      type,
      id('The name under which the build is given it; the last part of `target` by default.'),
      {
        ...target,
        documentation:
          'The file to mount it at; `/run/secrets/` and its id by default, where `env` is not set.',
      },
      {
        name: 'env',
        aliases: [],
        value: 'name',
        documentation: 'The environment variable that holds it for this command.',
      },
      required,
      { ...source, documentation: 'An old name of `id`.' },
      ...owned('secret file', '0400'),
    ],
  },
  {
    type: 'ssh',
    documentation: 'The SSH agent or keys given to the build, as a socket.',
    options: [
      type,
      id('Which of the agents given; `default` by default.'),
      {
        ...target,
        documentation: 'Where the socket stands; `/run/buildkit/ssh_agent.N` by default.',
      },
      required,
      ...owned('socket', '0600'),
    ],
  },
  {
    type: 'tmpfs',
    documentation: 'An empty folder in memory, thrown away after the command.',
    options: [
      type,
      target,
      {
        name: 'size',
        aliases: [],
        value: 'size',
        documentation: 'How much it can hold at most, such as `64m`; unlimited by default.',
      },
    ],
  },
];
