/** Problems of a build that its Dockerfile, the engine or the files of this machine show. */
import { t } from '@vscode/l10n';
import { platformsOf } from '../options/platforms.ts';
import { secretOf } from '../options/secrets.ts';
import { isOn } from '../options/option.ts';
import { writtenPath } from '../paths.ts';
import {
  builderOf,
  contextOf,
  contextTrouble,
  dockerfileOf,
  isRemote,
  sourceOf,
} from '../request.ts';
import { fullPath } from '../../command-line/paths.ts';
import { pairOf } from '../../command-line/values.ts';
import { referenceError } from '../../registry/image-reference.ts';
import { valueOf, valuesOf, withValues, type BuildSpec } from '../spec.ts';
import { builderProblems } from './builders.ts';
import { limitProblems } from './limits.ts';
import { nearest } from './nearest.ts';
import type { Offer, Problem } from './problem.ts';
import type { World } from './world.ts';

export type { Offer, Problem };

/** All problems, in the order of the form. */
export function problemsOf(spec: BuildSpec, world: World): readonly Problem[] {
  return [
    ...tagProblems(spec),
    ...contextProblems(spec, world),
    ...dockerfileProblems(spec, world),
    ...stageProblems(spec, world),
    ...argumentProblems(spec, world),
    ...platformProblems(spec, world),
    ...builderProblems(spec, world),
    ...secretProblems(spec, world),
    ...sshProblems(spec, world),
    ...outputProblems(spec),
    ...limitProblems(spec, world),
  ];
}

function error(place: Problem['place'], message: string, offers: readonly Offer[] = []): Problem {
  return { place, severity: 'error', message, offers };
}

/** A path as it would be written in the command. */
function shown(path: string, { folder = '' }: World['context']): string {
  return writtenPath(folder, path);
}

/** The local paths that the problems depend on. */
export function pathsToCheck(spec: BuildSpec, context: World['context']): readonly string[] {
  const source = sourceOf(spec, context);
  if (source.kind === 'remote') return secretPaths(spec, context);
  return [source.path, dockerfileOf(spec, context), ...secretPaths(spec, context)];
}

function secretPaths(spec: BuildSpec, context: World['context']): readonly string[] {
  return valuesOf(spec, 'secret').flatMap((value) => secretPath(value, spec, context) ?? []);
}

/** The file of a secret; undefined if it is read from a variable. */
function secretPath(value: string, spec: BuildSpec, context: World['context']): string | undefined {
  const secret = secretOf(value);
  if (typeof secret === 'string' || secret.from !== 'file') return undefined;
  const here = contextOf(spec, context);
  if (secret.source === '' && here.variables[secret.id] !== undefined) return undefined;
  return fullPath(secret.source === '' ? secret.id : secret.source, here);
}

/** Invalid names, with a valid one if only the case is wrong. */
function tagProblems(spec: BuildSpec): readonly Problem[] {
  const tags = valuesOf(spec, 'tag');
  return tags.flatMap((tag, index): readonly Problem[] => {
    const message = referenceError(tag);
    if (message === undefined) return [];
    // Only the name has to be lowercase, not the tag after the colon.
    const name = /^(.*?)(:[^:/]*)?$/.exec(tag);
    const lower = `${(name?.[1] ?? '').toLowerCase()}${name?.[2] ?? ''}`;
    const isValid = referenceError(lower) === undefined;
    const fixed = tags.map((one, other) => (other === index ? lower : one));
    const offers = isValid
      ? [{ label: t('Use {0}', lower), fix: withValues(spec, 'tag', fixed) }]
      : [];
    return [{ ...error('tag', message, offers), index }];
  });
}

function contextProblems(spec: BuildSpec, { context, paths, defaults }: World): readonly Problem[] {
  const useDefault = {
    label: t('Use {0}', defaults.context),
    fix: { ...spec, context: defaults.context },
  };
  const offers = [useDefault, { label: t('Browse…'), fix: 'browse' as const }];
  const trouble = contextTrouble(spec);
  if (trouble !== undefined)
    return [
      error(spec.context === '-' || spec.context === '' ? 'context' : 'file', trouble, offers),
    ];
  const source = sourceOf(spec, context);
  if (source.kind === 'remote') return [];
  const kind = paths.get(source.path);
  if (kind === 'missing')
    return [error('context', t('{0} does not exist.', shown(source.path, context)), offers)];
  if (kind === 'file' || kind === 'other') {
    return [error('context', t('{0} is not a folder.', shown(source.path, context)), offers)];
  }
  return [];
}

function dockerfileProblems(
  spec: BuildSpec,
  { context, paths, defaults }: World,
): readonly Problem[] {
  if (isRemote(spec.context) || contextTrouble(spec) !== undefined) return [];
  const path = dockerfileOf(spec, context);
  const kind = paths.get(path);
  if (kind === undefined || kind === 'file') return [];
  // A missing folder is one problem, not two.
  const source = sourceOf(spec, context);
  const isDefault = (valueOf(spec, 'file') ?? '') === '';
  if (isDefault && source.kind === 'directory' && paths.get(source.path) !== 'directory') return [];
  const file = valueOf(defaults, 'file');
  const message =
    kind === 'missing'
      ? t('{0} does not exist.', shown(path, context))
      : t('{0} is not a file.', shown(path, context));
  return [
    error('file', message, [
      ...(file === undefined
        ? []
        : [{ label: t('Use {0}', file), fix: withValues(spec, 'file', [file]) }]),
      { label: t('Browse…'), fix: 'browse' },
    ]),
  ];
}

function stageProblems(spec: BuildSpec, { facts }: World): readonly Problem[] {
  if (facts === undefined || facts.stages.length === 0) return [];
  const names = facts.stages.map(({ target }) => target);
  const isStage = (name: string) =>
    names.some((one) => one.toLowerCase() === name.toLowerCase()) ||
    (/^\d+$/.test(name) && Number(name) < names.length);
  const offersFor = (name: string, fix: (stage: string) => BuildSpec): readonly Offer[] => {
    const similar = nearest(name, names);
    return similar === undefined ? [] : [{ label: t('Use {0}', similar), fix: fix(similar) }];
  };
  const target = valueOf(spec, 'target') ?? '';
  const filters = valuesOf(spec, 'no-cache-filter');
  return [
    ...(target === '' || isStage(target)
      ? []
      : [
          error('target', t('The Dockerfile has no stage {0}.', target), [
            ...offersFor(target, (stage) => withValues(spec, 'target', [stage])),
            { label: t('Use Last Stage'), fix: withValues(spec, 'target', []) },
          ]),
        ]),
    ...filters.flatMap((value, index) =>
      value.split(',').every((name) => name === '' || isStage(name))
        ? []
        : [
            {
              place: 'no-cache-filter' as const,
              index,
              severity: 'warning' as const,
              message: t('The Dockerfile has no stage {0}.', value),
            },
          ],
    ),
    ...(filters.length > 0 && isOn(valuesOf(spec, 'no-cache'))
      ? [
          error('no-cache', t('--no-cache cannot be combined with --no-cache-filter.'), [
            { label: t('Remove {0}', '--no-cache'), fix: withValues(spec, 'no-cache', []) },
            {
              label: t('Remove {0}', '--no-cache-filter'),
              fix: withValues(spec, 'no-cache-filter', []),
            },
          ]),
        ]
      : []),
  ];
}

/** A name that is not declared has no effect; BuildKit only warns at the end of the build. */
function argumentProblems(spec: BuildSpec, { facts }: World): readonly Problem[] {
  if (facts === undefined || facts.stages.length === 0) return [];
  const names = facts.arguments.map(({ name }) => name);
  const values = valuesOf(spec, 'build-arg');
  return values.flatMap((value, index) => {
    const [name] = pairOf(value);
    if (names.includes(name) || isPredefined(name)) return [];
    const similar = nearest(name, names);
    const fixed = [...values];
    fixed[index] = value.replace(name, () => similar ?? name);
    return [
      {
        place: 'build-arg',
        index,
        severity: 'warning',
        message: t('The Dockerfile declares no ARG {0}.', name),
        offers:
          similar === undefined
            ? []
            : [{ label: t('Use {0}', similar), fix: withValues(spec, 'build-arg', fixed) }],
      },
    ];
  });
}

/** Arguments that need no ARG: proxies, and settings of BuildKit. */
function isPredefined(name: string): boolean {
  return (
    /^(?:https?|ftp|no|all)_proxy$/i.test(name) ||
    /^(?:BUILDKIT_.*|SOURCE_DATE_EPOCH|(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT))$/.test(name)
  );
}

function platformProblems(spec: BuildSpec, { engine }: World): readonly Problem[] {
  const platforms = platformsOf(valuesOf(spec, 'platform'));
  const goesElsewhere = valuesOf(spec, 'output').length > 0;
  if (builderOf(spec) !== '' || engine === undefined || engine.storesPlatforms) return [];
  if (platforms.length < 2 || goesElsewhere) return [];
  const one = platforms.includes(engine.platform) ? engine.platform : (platforms[0] ?? '');
  return [
    {
      place: 'platform',
      severity: 'warning',
      message: t(
        'This engine stores one platform per image. Enable the containerd image store, or write the result to a folder.',
      ),
      offers: [
        { label: t('Use {0} Only', one), fix: withValues(spec, 'platform', [one]) },
        { label: t('Write to ./out'), fix: withValues(spec, 'output', ['type=local,dest=./out']) },
      ],
    },
  ];
}

function secretProblems(spec: BuildSpec, { context, paths }: World): readonly Problem[] {
  const { variables } = contextOf(spec, context);
  return valuesOf(spec, 'secret').flatMap((value, index): readonly Problem[] => {
    const secret = secretOf(value);
    if (typeof secret === 'string') return [];
    const path = secretPath(value, spec, context);
    if (path !== undefined && paths.get(path) === 'missing') {
      return [
        {
          place: 'secret',
          index,
          severity: 'error',
          message: t('{0} does not exist.', shown(path, context)),
        },
      ];
    }
    const name = secret.source === '' ? secret.id : secret.source;
    if (path === undefined && secret.from !== 'ask' && variables[name] === undefined) {
      const message = t('{0} is not set; enter its value when the build starts.', name);
      return [{ place: 'secret', index, severity: 'info', message }];
    }
    return [];
  });
}

function sshProblems(spec: BuildSpec, { context }: World): readonly Problem[] {
  const { variables } = contextOf(spec, context);
  return valuesOf(spec, 'ssh').flatMap((value, index): readonly Problem[] => {
    const [, paths = ''] = pairOf(value);
    if (paths !== '' || (variables.SSH_AUTH_SOCK ?? '') !== '' || process.platform === 'win32')
      return [];
    const message = t('No SSH agent is running: SSH_AUTH_SOCK is not set. Use a key file instead.');
    return [{ place: 'ssh', index, severity: 'error', message }];
  });
}

function outputProblems(spec: BuildSpec): readonly Problem[] {
  if (!isOn(valuesOf(spec, 'push')) || valuesOf(spec, 'tag').length > 0) return [];
  const named = valuesOf(spec, 'output').some((value) => /(?:^|,)name=/.test(value));
  return named ? [] : [error('push', t('Pushing requires a tag.'))];
}
