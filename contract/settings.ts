/** Every setting of the extension, declared once: package.json, docs/settings.md and the readers are generated from it. */
import { boolean, choice, integer, several, text, type Schema } from './schema.ts';

/**
 * VS Code's scopes. A setting used as a path, a command or an address must be `restricted` and have the scope `machine`:
 * files in a workspace must not decide which program is run and which engine gets the credentials of the user.
 */
export type Scope = 'window' | 'resource' | 'machine' | 'machine-overridable' | 'application';

export interface Setting<T = unknown> {
  readonly schema: Schema<T>;
  readonly scope: Scope;
  /** Ignored in an untrusted workspace. */
  readonly restricted?: true;
}

function setting<T>(schema: Schema<T>, scope: Scope, restricted?: true): Setting<T> {
  return { schema, scope, ...(restricted && { restricted }) };
}

/** Keys follow `drydock.`. The generator adds `lint.rules` from the rules. */
export const settings = {
  'lint.enabled': setting(boolean(true, 'Check Dockerfiles while they are edited.'), 'resource'),
  'shellcheck.path': setting(
    text(
      'auto',
      'Which `shellcheck` executable to use for the scripts in `RUN`: `auto` (the one in `PATH`, if installed), `off`, or an absolute path. Drydock never downloads it and does not run it in an untrusted workspace.',
    ),
    'machine',
    true,
  ),
  'format.keywordCase': setting(
    choice(
      {
        upper: 'Uppercase: `FROM alpine AS build`.',
        lower: 'Lowercase: `from alpine as build`.',
        keep: 'Leave keywords as they are.',
      },
      'upper',
      'How the formatter writes instruction keywords and `AS`.',
    ),
    'resource',
  ),
  'format.emptyLineBeforeStages': setting(
    boolean(
      true,
      'The formatter adds an empty line before each further stage, above the comments that belong to it.',
    ),
    'resource',
  ),
  'format.mountsOnOwnLines': setting(
    boolean(
      true,
      'The formatter puts each flag of a `RUN` with several mounts on a separate line.',
    ),
    'resource',
  ),
  'format.singleSpaces': setting(
    boolean(
      true,
      'The formatter replaces several spaces between the words of a command in `RUN` by one.',
    ),
    'resource',
  ),
  'format.heredocScripts': setting(
    boolean(
      true,
      'The formatter indents the shell scripts in heredocs of `RUN`. Lines in quotes and in heredocs of the script stay as they are.',
    ),
    'resource',
  ),
  'format.equalsSigns': setting(
    boolean(
      true,
      'The formatter writes `ENV NAME value` and `LABEL name value` as `NAME=value`, where the value stays the same.',
    ),
    'resource',
  ),
  'hints.fromArguments': setting(
    boolean(true, 'Show the resolved image after a `FROM` that contains variables.'),
    'resource',
  ),
  'hints.baseImages': setting(
    boolean(
      true,
      'Show the base image of a stage that is built on another stage, when that stage is not visible on the screen.',
    ),
    'resource',
  ),
  'hints.stageNames': setting(
    boolean(true, 'Show the stage name next to a stage number in `--from`.'),
    'resource',
  ),
  'hints.workdir': setting(
    boolean(
      true,
      'Show the absolute target of relative paths when their `WORKDIR` is not visible on the screen.',
    ),
    'resource',
  ),
  'hints.repeats': setting(
    integer(
      1,
      { minimum: 1, maximum: 1000 },
      'How many times to show the same path hint in a stage, or the same image hint in a file.',
    ),
    'resource',
  ),
  'lenses.stages': setting(boolean(true, 'Show **Build** and **Run** above stages.'), 'resource'),
  'build.showCosts': setting(
    boolean(
      true,
      'Show the layer size and the build time of each instruction in the editor after a build.',
    ),
    'window',
  ),
  'build.showElsewhere': setting(
    boolean(
      true,
      'Show the result of builds that other programs have started, such as `docker build` in a terminal, in visible Dockerfiles.',
    ),
    'window',
  ),
  'engine.host': setting(
    text(
      '',
      'Address of the Docker engine, e.g. `unix:///var/run/docker.sock` or `tcp://localhost:2375`. If empty, Drydock uses the same engine as the Docker CLI (`DOCKER_HOST`, `DOCKER_CONTEXT`, current context). To use another engine for one workspace, run **Use Context in This Window**.',
    ),
    'machine',
    true,
  ),
  'containers.show': setting(
    choice(
      { all: 'All containers.', running: 'Running containers only.' },
      'all',
      'Which containers to list.',
    ),
    'window',
  ),
  'containers.groupBy': setting(
    choice(
      {
        project: 'By Compose project.',
        state: 'By state.',
        image: 'By image.',
        network: 'By network.',
        label: 'By the value of the label set in `#drydock.containers.groupByLabel#`.',
        none: 'Do not group.',
      },
      'project',
      'How to group containers.',
    ),
    'window',
  ),
  'containers.groupByLabel': setting(
    text(
      '',
      'Which label to group containers by when `#drydock.containers.groupBy#` is `label`, e.g. `com.example.team`.',
    ),
    'window',
  ),
  'containers.sortBy': setting(
    choice(
      {
        state: 'Running containers first, then the newest.',
        name: 'By name.',
        created: 'Newest first.',
        image: 'By image name.',
      },
      'state',
      'How to sort containers.',
    ),
    'window',
  ),
  'containers.columns': setting(
    several(
      {
        state: 'State, with the exit code and its age.',
        health: 'Result of the health check.',
        ports: 'Published ports.',
        image: 'Image name.',
        uptime: 'Time since the start.',
        networks: 'Networks.',
        command: 'Command.',
        created: 'Creation time.',
        id: 'Container ID.',
      },
      ['state', 'health', 'ports', 'image', 'uptime'],
      'Which columns to show after the container name, in this order.',
    ),
    'window',
  ),
  'images.groupBy': setting(
    choice(
      { repository: 'By repository.', none: 'Do not group.' },
      'repository',
      'How to group images.',
    ),
    'window',
  ),
  'images.sortBy': setting(
    choice(
      { created: 'Newest first.', name: 'By name.', size: 'Largest first.' },
      'created',
      'How to sort images.',
    ),
    'window',
  ),
  'images.columns': setting(
    several(
      {
        size: 'Size.',
        endOfLife: 'Whether the image is past its end of life.',
        created: 'Age.',
        used: 'Containers that use the image.',
        id: 'Image ID.',
        digest: 'Digest.',
      },
      ['size', 'endOfLife', 'created', 'used'],
      'Which columns to show after the image name, in this order.',
    ),
    'window',
  ),
  'images.showDangling': setting(
    boolean(true, 'List dangling images: images without a tag, left over from builds and pulls.'),
    'window',
  ),
} as const satisfies Record<string, Setting>;
