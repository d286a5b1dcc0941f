/** Every setting of the extension, declared once: package.json, docs and readers are made from here. */
import { boolean, choice, several, text, type Schema } from './schema.ts';

/** VS Code's scopes; what becomes a path, a command or an address is never set by an untrusted workspace. */
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

/** Keys are what stands behind `drydock.`. `lint.rules` is added by the generator from the rules themselves. */
export const settings = {
  'lint.enabled': setting(boolean(true, 'Check Dockerfiles while they are edited.'), 'resource'),
  'shellcheck.path': setting(
    text(
      'auto',
      'The `shellcheck` program that reads the scripts in `RUN`: `auto` takes the one in `PATH` if there is one, `off` none, anything else is its full path. It is never downloaded, and does not run in a workspace that is not trusted.',
    ),
    'machine-overridable',
    true,
  ),
  'format.keywordCase': setting(
    choice(
      ['upper', 'lower', 'keep'],
      'upper',
      'How formatting writes instructions and `AS`: in capitals, in small letters, or as they are.',
    ),
    'resource',
  ),
  'hints.fromArguments': setting(
    boolean(true, 'Show the image that a `FROM` with variables begins with.'),
    'resource',
  ),
  'hints.baseImages': setting(
    boolean(
      true,
      'Show the image that a stage built on another goes back to, when that is out of sight.',
    ),
    'resource',
  ),
  'hints.stageNames': setting(
    boolean(true, 'Show which stage a number in `--from` means.'),
    'resource',
  ),
  'hints.workdir': setting(
    boolean(true, 'Show where relative paths lead when the `WORKDIR` above them is out of sight.'),
    'resource',
  ),
  'lenses.stages': setting(
    boolean(true, 'Show above stages what can be done with them: build, run.'),
    'resource',
  ),
  'engine.host': setting(
    text(
      '',
      'Address of the Docker engine, e.g. `unix:///var/run/docker.sock` or `tcp://localhost:2375`. Empty: found as the `docker` command line does (`DOCKER_HOST`, `DOCKER_CONTEXT`, current context).',
    ),
    'machine-overridable',
    true,
  ),
  'containers.show': setting(
    choice(['all', 'running'], 'all', 'Which containers the view lists.'),
    'window',
  ),
  'containers.groupBy': setting(
    choice(
      ['project', 'state', 'image', 'network', 'label', 'none'],
      'project',
      'What containers are put under; `project` is their compose project, `label` the value of the label named in `#drydock.containers.groupByLabel#`.',
    ),
    'window',
  ),
  'containers.groupByLabel': setting(
    text('', 'The label whose values containers are put under when they are grouped by label.'),
    'window',
  ),
  'containers.sortBy': setting(
    choice(
      ['state', 'name', 'created', 'image'],
      'state',
      'The order of containers; `state` puts running ones first, then the newest.',
    ),
    'window',
  ),
  'containers.columns': setting(
    several(
      ['image', 'ports', 'state', 'health', 'networks', 'command', 'created', 'id'],
      ['image', 'ports', 'state', 'health'],
      'What stands behind the name of a container, in this order.',
    ),
    'window',
  ),
  'images.groupBy': setting(
    choice(['repository', 'none'], 'repository', 'What images are put under.'),
    'window',
  ),
  'images.sortBy': setting(
    choice(['created', 'name', 'size'], 'created', 'The order of images.'),
    'window',
  ),
  'images.columns': setting(
    several(
      ['size', 'endOfLife', 'created', 'used', 'id', 'digest'],
      ['size', 'endOfLife', 'created', 'used'],
      'What stands behind the name of an image, in this order.',
    ),
    'window',
  ),
  'images.showDangling': setting(
    boolean(true, 'List images without a name, which builds and pulls leave behind.'),
    'window',
  ),
} as const satisfies Record<string, Setting>;
