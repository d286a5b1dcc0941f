/** The Dockerfile language as data. */
import { addFlags, copyFlags, healthFlags, platform, runFlags } from './flags.ts';
import { argument, commandForms, copyForms, executable, shellCommand } from './forms.ts';
import { form, type InstructionInfo, type Keyword } from './reference.ts';

export type {
  FlagInfo,
  Form,
  InstructionInfo,
  Keyword,
  MountOption,
  MountType,
  ValueKind,
} from './reference.ts';
export { mountTypes } from './mounts.ts';

/** Properties shared by most instructions. */
const defaults = { flags: [], beforeFrom: false, inOnbuild: true, repeatable: false } as const;

export const instructions: readonly InstructionInfo[] = [
  {
    ...defaults,
    keyword: 'ADD',
    summary: 'Add local or remote files and directories.',
    documentation: [
      'Copies files and directories into the image from the build context, a URL or a Git repository. Local tar archives are extracted.',
      'Use `COPY` for local files. For downloads, add `--checksum`, so that the build fails if the file changes.',
      'For private sources, pass `--secret id=GIT_AUTH_TOKEN` (Git), `HTTP_AUTH_TOKEN_<host>` or `HTTP_AUTH_HEADER_<host>` (HTTP) to the build.',
    ].join('\n\n'),
    forms: copyForms(
      'ADD',
      'Paths in the build context (wildcards allowed), URLs, Git repositories or heredocs.',
    ),
    flags: addFlags,
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'ARG',
    summary: 'Declare a variable that can be set at build time.',
    documentation: [
      'Declares a variable that can be set at build time with `--build-arg NAME=value`, with or without a default value. It is available from this line to the end of the stage.',
      'An `ARG` before the first `FROM` is only available in `FROM` lines; repeat `ARG NAME` in a stage to use it there. Do not pass secrets: the values are visible in the image history.',
    ].join('\n\n'),
    forms: [
      form('ARG <name>[=<default>]...', {
        '<name>': 'Name of the variable.',
        '<default>': 'Value that is used if the build does not set one.',
      }),
    ],
    beforeFrom: true,
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'CMD',
    summary: 'Set the default command of the container.',
    documentation: [
      'Sets the command that the container runs if none is given, or the default arguments of `ENTRYPOINT`. Only the last `CMD` of a stage takes effect.',
      'Use the exec form (a JSON array), in which the program receives signals directly. In shell form, the command runs in a shell.',
    ].join('\n\n'),
    forms: commandForms('CMD'),
  },
  {
    ...defaults,
    keyword: 'COPY',
    summary: 'Copy files and directories.',
    documentation: [
      'Copies files and directories from the build context into the image. With `--from`, copies from a build stage, an image or a named context.',
      'If a source is a directory, its contents are copied, but not the directory itself. Files that `.dockerignore` excludes cannot be copied.',
    ].join('\n\n'),
    forms: copyForms(
      'COPY',
      'Paths in the build context or in `--from` (wildcards allowed), or heredocs.',
    ),
    flags: copyFlags,
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'ENTRYPOINT',
    summary: 'Set the program that the container runs.',
    documentation: [
      'Sets the program that the container runs. It receives `CMD`, or the arguments of `docker run`, as its arguments. Only the last `ENTRYPOINT` of a stage takes effect.',
      'Use the exec form (a JSON array): in shell form, `CMD` and the arguments of `docker run` are ignored, and the program does not receive signals.',
    ].join('\n\n'),
    forms: commandForms('ENTRYPOINT'),
  },
  {
    ...defaults,
    keyword: 'ENV',
    summary: 'Set environment variables.',
    documentation: [
      'Sets environment variables for the instructions that follow and for containers that run from the image.',
      'A value cannot use variables that the same `ENV` sets. Do not store secrets: anyone with the image can read the values.',
    ].join('\n\n'),
    forms: [
      form('ENV <key>=<value>...', {
        '<key>': 'Name of the variable.',
        '<value>': 'Value of the variable; quotes and backslashes are removed.',
      }),
      form('ENV <key> <value>', {
        '<key>': 'Name of the variable.',
        '<value>': 'The rest of the line. This form is deprecated.',
      }),
    ],
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'EXPOSE',
    summary: 'Describe which ports the application listens on.',
    documentation: [
      'Documents the ports that the container listens on. The protocol is TCP unless `/udp` or `/sctp` is specified.',
      'The ports are not published: use `docker run -p`, or `-P` to publish all exposed ports.',
    ].join('\n\n'),
    forms: [
      form('EXPOSE <port>[/<protocol>]...', {
        '<port>': 'A port or a range such as `8000-8010`.',
        '<protocol>': '`tcp` (the default), `udp` or `sctp`.',
      }),
    ],
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'FROM',
    summary: 'Create a new build stage from a base image.',
    documentation: [
      'Starts a build stage from an image, an earlier stage or the empty image `scratch`. Later `FROM`, `COPY --from` and `RUN --mount=from` instructions can use the name given with `AS`.',
      'The last stage is built unless `--target` selects another one. Only an `ARG` before the first `FROM` and predefined variables such as `BUILDPLATFORM` are available here.',
    ].join('\n\n'),
    forms: [
      form('FROM [--platform=<platform>] <image>[:<tag>|@<digest>] [AS <name>]', {
        '<platform>': 'Platform of the image, such as `linux/amd64`.',
        '<image>': 'An image, an earlier stage or `scratch`.',
        '<tag>': 'Version of the image; the default is `latest`.',
        '<digest>': 'Digest that identifies the exact content, even if the tag moves.',
        '<name>': 'Name of the new stage.',
      }),
    ],
    flags: [platform],
    beforeFrom: true,
    inOnbuild: false,
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'HEALTHCHECK',
    summary: 'Check the health of the container.',
    documentation: [
      'Sets a command that Docker runs in the container at regular intervals. Exit code 0 means healthy, 1 means unhealthy. `NONE` disables the health check of the base image.',
      'The programs that the command uses must be in the image. Only the last `HEALTHCHECK` of a stage takes effect.',
    ].join('\n\n'),
    forms: [
      form('HEALTHCHECK [OPTIONS] CMD <command>', {
        '<command>': 'A shell command or a JSON array.',
      }),
      form('HEALTHCHECK NONE'),
    ],
    flags: healthFlags,
  },
  {
    ...defaults,
    keyword: 'LABEL',
    summary: 'Add metadata to the image.',
    documentation:
      'Adds labels, such as those defined by the OCI (`org.opencontainers.image.source`). Labels of the base image are inherited unless they are set again.',
    forms: [
      form('LABEL <key>=<value>...', {
        '<key>': 'Name of the label.',
        '<value>': 'Value of the label; quote it if it contains spaces.',
      }),
    ],
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'MAINTAINER',
    summary: 'Specify the author of the image (deprecated).',
    documentation:
      'Deprecated. Use `LABEL org.opencontainers.image.authors="…"` instead, which `docker inspect` shows.',
    forms: [form('MAINTAINER <name>', { '<name>': 'Name of the author.' })],
    inOnbuild: false,
    deprecated: true,
  },
  {
    ...defaults,
    keyword: 'ONBUILD',
    summary: 'Add an instruction that runs when the image is used as a base image.',
    documentation: [
      'Adds an instruction that does not run in this build, but right after the `FROM` of a build that uses this image as its base image.',
      '`FROM`, `MAINTAINER` and `ONBUILD` itself cannot be used as triggers.',
    ].join('\n\n'),
    forms: [form('ONBUILD <instruction>', { '<instruction>': 'Any other instruction.' })],
    inOnbuild: false,
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'RUN',
    summary: 'Execute build commands.',
    documentation: [
      'Runs a command on top of the current image and stores the changes in a new layer. Use a heredoc (`RUN <<EOF`) for several lines, and `--mount` for caches and secrets.',
      'Files that a later `RUN` deletes remain in the earlier layer: clean up in the same `RUN`.',
    ].join('\n\n'),
    forms: [
      form('RUN [OPTIONS] <command>', { '<command>': shellCommand }),
      form('RUN [OPTIONS] ["<executable>", "<argument>", ...]', {
        '"<executable>"': executable,
        '"<argument>"': argument,
      }),
      form('RUN [OPTIONS] <<EOF', { '<<EOF': 'The lines up to `EOF` are the script.' }),
    ],
    flags: runFlags,
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'SHELL',
    summary: 'Set the default shell for commands in shell form.',
    documentation:
      'Sets the shell for later `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK` instructions in shell form. The default is `["/bin/sh", "-c"]`, on Windows `["cmd", "/S", "/C"]`. The value must be a JSON array.',
    forms: [
      form('SHELL ["<executable>", "<argument>", ...]', {
        '"<executable>"': 'Program of the shell.',
        '"<argument>"':
          'An option of the shell. The last one must accept the command, as `-c` does.',
      }),
    ],
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'STOPSIGNAL',
    summary: 'Set the signal that stops the container.',
    documentation:
      'Sets the signal that `docker stop` sends to the container, as a name or number. The default is `SIGTERM`. If the container does not exit in time, it is killed with `SIGKILL`.',
    forms: [
      form('STOPSIGNAL <signal>', { '<signal>': 'A name or number, such as `SIGINT` or `2`.' }),
    ],
  },
  {
    ...defaults,
    keyword: 'USER',
    summary: 'Set the user and group.',
    documentation: [
      'Sets the user, and optionally the group, for later `RUN`, `CMD` and `ENTRYPOINT` instructions and for the container. Without a group, the primary group of the user is used, or `root` if there is none.',
      'A user name must exist in the image; a numeric ID does not have to.',
    ].join('\n\n'),
    forms: [
      form('USER <user>[:<group>]', {
        '<user>': 'User name or ID.',
        '<group>': 'Group name or ID.',
      }),
    ],
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'VOLUME',
    summary: 'Create volume mounts.',
    documentation: [
      "Declares directories in which each container gets a volume. Their data is stored outside the container's writable layer.",
      'Write the initial files before this instruction: the legacy builder discards later changes at these paths.',
    ].join('\n\n'),
    forms: [
      form('VOLUME <path>...', { '<path>...': 'Directories in the container.' }),
      form('VOLUME ["<path>", ...]', { '"<path>"': 'A directory in double quotes.' }),
    ],
    repeatable: true,
  },
  {
    ...defaults,
    keyword: 'WORKDIR',
    summary: 'Change the working directory.',
    documentation: [
      'Sets the working directory for later `RUN`, `CMD`, `ENTRYPOINT`, `COPY` and `ADD` instructions, and creates it if it does not exist.',
      'Use an absolute path: a relative path is resolved against the previous working directory.',
    ].join('\n\n'),
    forms: [form('WORKDIR <path>', { '<path>': 'A directory; variables are expanded.' })],
    repeatable: true,
  },
];

const byKeyword: ReadonlyMap<string, InstructionInfo> = new Map(
  instructions.map((info) => [info.keyword, info]),
);

/** The instruction with a keyword in any case. */
export function instructionInfo(keyword: string): InstructionInfo | undefined {
  return byKeyword.get(keyword.toUpperCase());
}

export const keywords: readonly Keyword[] = instructions.map(({ keyword }) => keyword);
