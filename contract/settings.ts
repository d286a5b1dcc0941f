/** Every setting of the extension, declared once: package.json, docs and readers are made from here. */
import { boolean, choice, text, type Schema } from './schema.ts';

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
  'hints.stageNames': setting(
    boolean(true, 'Show which stage a number in `--from` means.'),
    'resource',
  ),
  'hints.workdir': setting(
    boolean(true, 'Show where relative paths lead when the `WORKDIR` above them is out of sight.'),
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
} as const satisfies Record<string, Setting>;
