/** Options that docker refuses or ignores together with others. */
import { t } from '@vscode/l10n';
import { attachments, isUserDefined } from './options/attachments.ts';
import { table, type OptionName, type Switch } from './options.ts';
import { all, givenOptions, givenValues, has, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { bytesOf, pairOf } from '../command-line/values.ts';

/** Problems of options that are valid by themselves. */
export function conflicts(spec: RunSpec): readonly Trouble[] {
  return [
    ...pairConflicts(spec),
    ...networkConflicts(spec),
    ...resourceConflicts(spec),
    ...duplicates(spec),
    ...ignored(spec),
  ];
}

function error(place: OptionName, message: string): Trouble {
  return { place, severity: 'error', message };
}

function isGiven(spec: RunSpec, name: OptionName): boolean {
  const [value] = givenValues(spec, name);
  return value !== undefined && value !== '';
}

/** Pairs of options that exclude each other. */
const excluding: readonly (readonly [Switch, OptionName])[] = [
  ['rm', 'restart'],
  ['detach', 'attach'],
  ['no-healthcheck', 'health-cmd'],
  ['no-healthcheck', 'health-interval'],
  ['no-healthcheck', 'health-timeout'],
  ['no-healthcheck', 'health-start-period'],
  ['no-healthcheck', 'health-start-interval'],
  ['no-healthcheck', 'health-retries'],
];

function pairConflicts(spec: RunSpec): readonly Trouble[] {
  const found = excluding
    .filter(([name, other]) => has(spec, name) && isGiven(spec, other))
    .filter(([, other]) => other !== 'restart' || !/^no(?::|$)/.test(spec.texts.restart ?? ''))
    .map(([name, other]) =>
      error(other, t('{0} cannot be combined with {1}', `--${other}`, `--${name}`)),
    );
  const { texts } = spec;
  return [
    ...found,
    ...(texts.uts === 'host' && isGiven(spec, 'hostname')
      ? [error('hostname', t('{0} cannot be combined with {1}', '--hostname', '--uts host'))]
      : []),
    ...(texts['log-driver'] === 'none' && isGiven(spec, 'log-opt')
      ? [error('log-opt', t('{0} cannot be combined with {1}', '--log-opt', '--log-driver none'))]
      : []),
  ];
}

/** Options that are refused with the network of another container. */
const ofNetwork = [
  'hostname',
  'publish',
  'publish-all',
  'expose',
  'link',
  'dns',
  'add-host',
  'mac-address',
] as const satisfies readonly OptionName[];

/** For each option, the equivalent field of `--network`. */
const oneNetwork = {
  'network-alias': 'alias',
  ip: 'ip',
  ip6: 'ip6',
  'mac-address': 'mac-address',
  'link-local-ip': 'link-local-ip',
} as const satisfies Partial<Record<OptionName, string>>;

function networkConflicts(spec: RunSpec): readonly Trouble[] {
  const networks = attachments(all(spec, 'network'));
  const [first] = networks;
  const names = networks.map(({ network }) => network);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const place = { place: 'network', index: 0 } as const;
  const main = first?.network ?? 'default';
  return [
    ...(twice === undefined
      ? []
      : [
          { ...place, severity: 'error', message: t('Network {0} is given twice', twice) } as const,
        ]),
    ...(names.some(isUserDefined) && !names.every(isUserDefined)
      ? [
          {
            ...place,
            severity: 'warning',
            message: t(
              'The docker CLI refuses {0} together with other networks',
              names.find((one) => !isUserDefined(one)) ?? '',
            ),
          } as const,
        ]
      : []),
    ...(main.startsWith('container:')
      ? ofNetwork
          .filter((name) => isGiven(spec, name))
          .map((name) =>
            error(name, t('{0} cannot be combined with {1}', `--${name}`, '--network container:…')),
          )
      : []),
    ...(main === 'host' && isGiven(spec, 'link')
      ? [error('link', t('{0} cannot be combined with {1}', '--link', '--network host'))]
      : []),
    ...settingConflicts(spec, main),
  ];
}

/** Settings of the first network that are given twice or that it does not support. */
function settingConflicts(spec: RunSpec, main: string): readonly Trouble[] {
  const [text = ''] = all(spec, 'network');
  const troubles = (Object.keys(oneNetwork) as (keyof typeof oneNetwork)[])
    .filter((name) => isGiven(spec, name))
    .map((name) => {
      const field = oneNetwork[name];
      if (new RegExp(`(?:^|,)"?${field}=`).test(text)) {
        return error(name, t('{0} is given in {1} too', `--${name}`, `--network ${field}=`));
      }
      const needsOwn = name === 'network-alias' || name === 'ip' || name === 'ip6';
      if (!needsOwn || isUserDefined(main)) return undefined;
      const message = t('{0} requires a user-defined network', `--${name}`);
      return { place: name, severity: 'warning', message } as const;
    });
  return troubles.filter((one) => one !== undefined);
}

function resourceConflicts(spec: RunSpec): readonly Trouble[] {
  const { texts } = spec;
  const size = (name: 'memory' | 'memory-swap' | 'memory-reservation') =>
    bytesOf(texts[name] ?? '') ?? 0;
  const scheduler = (['cpu-period', 'cpu-quota'] as const).find((name) => isGiven(spec, name));
  return [
    ...(size('memory-swap') > 0 && size('memory') === 0
      ? [error('memory-swap', t('{0} requires {1}', '--memory-swap', '--memory'))]
      : []),
    ...(size('memory') > 0 && size('memory-reservation') > size('memory')
      ? [error('memory-reservation', t('The reservation is more than the memory limit'))]
      : []),
    ...(Number(texts.cpus ?? 0) > 0 && scheduler !== undefined
      ? [error(scheduler, t('{0} cannot be combined with {1}', `--${scheduler}`, '--cpus'))]
      : []),
  ];
}

function duplicates(spec: RunSpec): readonly Trouble[] {
  const names = all(spec, 'env').map((entry) => pairOf(entry)[0]);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice < 0) return [];
  const message = t('{0} is set twice; the last value is used', names[twice] ?? '');
  return [{ place: 'env', index: twice, severity: 'warning', message }];
}

/** Options that have no effect on a run from the form. */
function ignored(spec: RunSpec): readonly Trouble[] {
  const cli = givenOptions(spec).filter((name) => table[name].cliOnly === true);
  return [
    ...cli.map((name): Trouble => {
      const message = t('{0} only has an effect in a terminal', `--${name}`);
      return { place: name, severity: 'note', message };
    }),
    ...(has(spec, 'use-api-socket')
      ? [
          {
            place: 'use-api-socket',
            severity: 'warning',
            message: t('Only the docker CLI copies registry credentials into the container'),
          } as const,
        ]
      : []),
  ];
}
