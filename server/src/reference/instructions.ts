/** The Dockerfile language as data. */
import { addFlags, copyFlags, healthFlags, platform, runFlags } from './flags.ts';
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

const executable = 'The program to run. It runs without a shell.';
const parameter = 'An argument of the program, in double quotes.';
const shellLine = 'A line for the shell, by default `/bin/sh -c`.';

/** Facts that most instructions share. */
const usual = { flags: [], beforeFrom: false, inOnbuild: true, repeatable: false } as const;

export const instructions: readonly InstructionInfo[] = [
  {
    ...usual,
    keyword: 'ADD',
    summary: 'Adds files from the build context, a URL or a Git repository.',
    documentation: [
      'Copies files and folders into the image. Other than `COPY` it unpacks local archives, downloads from HTTP and clones Git repositories.',
      'Use `COPY` for plain files. For downloads, add `--checksum`.',
    ].join('\n\n'),
    forms: [
      form('ADD [OPTIONS] <source>... <target>', {
        '<source>...':
          'Paths in the build context (wildcards allowed), URLs, Git repositories or heredocs.',
        '<target>':
          'Where to put them: absolute or from the working directory. A folder ends in `/`.',
      }),
      form('ADD [OPTIONS] ["<source>", "<target>"]', {
        '"<source>"': 'A source in double quotes, which may hold spaces.',
        '"<target>"': 'The target in double quotes.',
      }),
    ],
    flags: addFlags,
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'ARG',
    summary: 'Declares a variable that can be set when building.',
    documentation: [
      'Declares a build argument, with a default or without. It holds from here to the end of the stage and is set with `--build-arg NAME=value`.',
      'An `ARG` before the first `FROM` can be used in `FROM` lines; a stage sees it after `ARG NAME`. Values stay readable in the history of the image: never pass secrets.',
    ].join('\n\n'),
    forms: [
      form('ARG <name>[=<default>]...', {
        '<name>': 'Name of the variable.',
        '<default>': 'Its value when none is given.',
      }),
    ],
    beforeFrom: true,
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'CMD',
    summary: 'Sets what a container runs by default.',
    documentation: [
      'The command of the container when none is given, or the default arguments of `ENTRYPOINT`. The last one counts.',
      'The exec form (a JSON array) runs the program itself, which then gets signals; the shell form runs it under a shell.',
    ].join('\n\n'),
    forms: [
      form('CMD ["<executable>", "<argument>", ...]', {
        '"<executable>"': executable,
        '"<argument>"': parameter,
      }),
      form('CMD <command>', { '<command>': shellLine }),
    ],
  },
  {
    ...usual,
    keyword: 'COPY',
    summary: 'Copies files from the build context or another stage.',
    documentation: [
      'Copies files and folders from the build context into the image, or with `--from` from a stage, an image or a named context.',
      'The contents of a folder are copied, not the folder itself. What `.dockerignore` names is not there to be copied.',
    ].join('\n\n'),
    forms: [
      form('COPY [OPTIONS] <source>... <target>', {
        '<source>...': 'Paths in the build context or in `--from`, wildcards allowed, or heredocs.',
        '<target>':
          'Where to put them: absolute or from the working directory. A folder ends in `/`.',
      }),
      form('COPY [OPTIONS] ["<source>", "<target>"]', {
        '"<source>"': 'A source in double quotes, which may hold spaces.',
        '"<target>"': 'The target in double quotes.',
      }),
    ],
    flags: copyFlags,
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'ENTRYPOINT',
    summary: 'Sets the program that a container runs.',
    documentation: [
      'Makes the container run as this program. `CMD`, and the arguments of `docker run`, become its arguments. The last one counts.',
      'In shell form it ignores `CMD` and gets no signals: use the exec form.',
    ].join('\n\n'),
    forms: [
      form('ENTRYPOINT ["<executable>", "<argument>", ...]', {
        '"<executable>"': executable,
        '"<argument>"': parameter,
      }),
      form('ENTRYPOINT <command>', { '<command>': shellLine }),
    ],
  },
  {
    ...usual,
    keyword: 'ENV',
    summary: 'Sets environment variables.',
    documentation: [
      'Sets variables for the following instructions and for the containers of the image.',
      'All values of one `ENV` are expanded before any is set. They stay readable in the image: never set secrets.',
    ].join('\n\n'),
    forms: [
      form('ENV <key>=<value>...', {
        '<key>': 'Name of the variable.',
        '<value>': 'Its value; quotes and escapes are taken off.',
      }),
      form('ENV <key> <value>', {
        '<key>': 'Name of the variable.',
        '<value>': 'The whole rest of the line. This form is deprecated.',
      }),
    ],
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'EXPOSE',
    summary: 'Names the ports that the container listens on.',
    documentation:
      'Tells which ports are meant to be published. It publishes none: that is done with `-p`, or with `-P` for all of them. The protocol is TCP unless `/udp` or `/sctp` is written.',
    forms: [
      form('EXPOSE <port>[/<protocol>]...', {
        '<port>': 'A port or a range such as `8000-8010`.',
        '<protocol>': '`tcp` (the default), `udp` or `sctp`.',
      }),
    ],
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'FROM',
    summary: 'Begins a stage from a base image.',
    documentation: [
      'Begins a new stage from an image, an earlier stage, or `scratch`, which is empty. Names given with `AS` are used in later `FROM` lines, `COPY --from` and `RUN --mount=from`.',
      'The last stage is built unless another is named with `--target`. Only `ARG`s before the first `FROM` can be used here.',
    ].join('\n\n'),
    forms: [
      form('FROM [--platform=<platform>] <image>[:<tag>|@<digest>] [AS <name>]', {
        '<platform>': 'Platform of the image, such as `linux/amd64`.',
        '<image>': 'An image, an earlier stage or `scratch`.',
        '<tag>': 'Which version; `latest` by default.',
        '<digest>': 'Exactly this content, whatever tags say.',
        '<name>': 'Name of the new stage.',
      }),
    ],
    flags: [platform],
    beforeFrom: true,
    inOnbuild: false,
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'HEALTHCHECK',
    summary: 'Tells how to see whether the container works.',
    documentation:
      'Runs a command in the container from time to time: 0 means healthy, 1 unhealthy. `NONE` takes off the check of the base image. The last one counts.',
    forms: [
      form('HEALTHCHECK [OPTIONS] CMD <command>', {
        '<command>': 'A line for the shell, or a JSON array.',
      }),
      form('HEALTHCHECK NONE'),
    ],
    flags: healthFlags,
  },
  {
    ...usual,
    keyword: 'LABEL',
    summary: 'Adds metadata to the image.',
    documentation:
      'Sets labels, such as those of the OCI (`org.opencontainers.image.source`). Labels of the base image stay unless set again.',
    forms: [
      form('LABEL <key>=<value>...', {
        '<key>': 'Name of the label.',
        '<value>': 'Its value; quote it when it has spaces.',
      }),
    ],
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'MAINTAINER',
    summary: 'Names the author of the image (deprecated).',
    documentation:
      'Deprecated. Write `LABEL org.opencontainers.image.authors="…"` instead, which can be read with `docker inspect`.',
    forms: [form('MAINTAINER <name>', { '<name>': 'The author.' })],
    inOnbuild: false,
    deprecated: true,
  },
  {
    ...usual,
    keyword: 'ONBUILD',
    summary: 'Keeps an instruction for builds that start from this image.',
    documentation:
      'The instruction is not run now, but right after the `FROM` of a build that uses this image as its base. `FROM`, `MAINTAINER` and `ONBUILD` itself cannot be kept.',
    forms: [form('ONBUILD <instruction>', { '<instruction>': 'Any other instruction.' })],
    inOnbuild: false,
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'RUN',
    summary: 'Runs a command and keeps what it changed as a layer.',
    documentation: [
      'Runs a command in the image as it is so far. Files that a later `RUN` deletes stay in the layer below: clean up in the same one.',
      'With a heredoc, `RUN <<EOF`, several lines are one command. `--mount` gives it caches and secrets.',
    ].join('\n\n'),
    forms: [
      form('RUN [OPTIONS] <command>', { '<command>': shellLine }),
      form('RUN [OPTIONS] ["<executable>", "<argument>", ...]', {
        '"<executable>"': executable,
        '"<argument>"': parameter,
      }),
      form('RUN [OPTIONS] <<EOF', { '<<EOF': 'Lines up to `EOF` are the script.' }),
    ],
    flags: runFlags,
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'SHELL',
    summary: 'Sets the shell of the shell form.',
    documentation:
      'The shell that later `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK` in shell form use, by default `["/bin/sh", "-c"]`, on Windows `["cmd", "/S", "/C"]`. It must be a JSON array.',
    forms: [
      form('SHELL ["<executable>", "<argument>", ...]', {
        '"<executable>"': 'The shell.',
        '"<argument>"': 'An option; the last one takes the command, as `-c` does.',
      }),
    ],
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'STOPSIGNAL',
    summary: 'Sets the signal that stops the container.',
    documentation:
      'Sent by `docker stop` before the container is killed, by default `SIGTERM`. A name or a number.',
    forms: [form('STOPSIGNAL <signal>', { '<signal>': 'Such as `SIGINT` or `9`.' })],
  },
  {
    ...usual,
    keyword: 'USER',
    summary: 'Sets the user of the following instructions and of the container.',
    documentation:
      "Later `RUN`, `CMD` and `ENTRYPOINT` run as this user. Without a group it is the user's primary one, or `root` where there is none. A name must be in the image; an id need not.",
    forms: [
      form('USER <user>[:<group>]', {
        '<user>': 'Name or id of the user.',
        '<group>': 'Name or id of the group.',
      }),
    ],
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'VOLUME',
    summary: 'Makes folders whose content outlives the container.',
    documentation:
      'Each container gets a volume at these paths. What is written there while building afterwards may be lost.',
    forms: [
      form('VOLUME <path>...', { '<path>...': 'Folders in the container.' }),
      form('VOLUME ["<path>", ...]', { '"<path>"': 'A folder in double quotes.' }),
    ],
    repeatable: true,
  },
  {
    ...usual,
    keyword: 'WORKDIR',
    summary: 'Sets the working directory and makes it where it is missing.',
    documentation:
      'Later `RUN`, `CMD`, `ENTRYPOINT`, `COPY` and `ADD` start there. A relative path goes on from the one before: write it absolute.',
    forms: [form('WORKDIR <path>', { '<path>': 'A folder, with variables if you like.' })],
    repeatable: true,
  },
];

const byKeyword: ReadonlyMap<string, InstructionInfo> = new Map(
  instructions.map((info) => [info.keyword, info]),
);

/** The instruction of a keyword in any casing. */
export function instructionInfo(keyword: string): InstructionInfo | undefined {
  return byKeyword.get(keyword.toUpperCase());
}

export const keywords: readonly Keyword[] = instructions.map(({ keyword }) => keyword);
