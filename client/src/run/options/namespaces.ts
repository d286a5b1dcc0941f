/** Options for namespaces and logging. */
import { t } from '@vscode/l10n';
import { pairsOf, pairTexts } from '../../command-line/values.ts';
import { key, one } from './compose-keys.ts';
import { list, text, type Place } from './option.ts';
import { config, host, plain } from './places.ts';
import { createSyntax, oneOf, type Syntax } from '../../command-line/syntax.ts';

/** The syntax of a namespace mode: `host`, or the namespace of another container. */
function mode(...words: readonly string[]): Syntax {
  return createSyntax((value) =>
    words.includes(value) || /^container:.+/.test(value)
      ? undefined
      : t(
          '{0} is not valid; use {1}',
          value,
          [...words.filter(Boolean), 'container:name'].join(', '),
        ),
  );
}

export const namespaceOptions = {
  ipc: text({
    syntax: mode('', 'none', 'private', 'shareable', 'host'),
    place: host('IpcMode', plain, (value, { engine }) => value === engine.defaultIpcMode),
    compose: key('ipc'),
  }),
  pid: text({
    syntax: mode('', 'host'),
    place: host('PidMode', plain),
    compose: key('pid'),
  }),
  uts: text({
    syntax: oneOf('', 'host'),
    place: host('UTSMode', plain),
    compose: key('uts'),
  }),
  userns: text({
    syntax: oneOf('', 'host'),
    place: host('UsernsMode', plain),
    compose: key('userns_mode'),
  }),
  cgroupns: text({
    syntax: oneOf('', 'host', 'private'),
    place: host(
      'CgroupnsMode',
      plain,
      (value, { engine }) => value === (engine.cgroups === '1' ? 'host' : 'private'),
    ),
    compose: key('cgroup'),
    since: '1.41',
  }),
  'cgroup-parent': text({ place: host('CgroupParent', plain), compose: key('cgroup_parent') }),
  isolation: text({
    place: host('Isolation', plain, (value) => value === 'default'),
    compose: key('isolation'),
  }),
  hostname: text({
    short: 'h',
    place: {
      ...config('Hostname', plain),
      // Otherwise it is the short id, or the hostname of the host or container whose network it uses.
      read: ({
        container: {
          id,
          config: seen,
          host: { NetworkMode = '' },
        },
        engine,
      }) => {
        const { Hostname = '' } = seen;
        const unasked =
          Hostname === '' ||
          (Hostname.length >= 12 && id.startsWith(Hostname)) ||
          NetworkMode.startsWith('container:') ||
          (NetworkMode === 'host' && (engine.hostName === '' || engine.hostName === Hostname));
        return unasked ? [] : [Hostname];
      },
    },
    compose: key('hostname'),
    field: 'text',
  }),
  domainname: text({ place: config('Domainname', plain), compose: key('domainname') }),
} as const;

const logPlace: Place = host(
  'LogConfig',
  {
    encode: (values) => (values.at(-1) ? { Type: values.at(-1) ?? '' } : undefined),
    decode: ({ Type = '' }) => (Type === '' ? [] : [Type]),
  },
  ({ Type, Config = {} }, { engine }) =>
    Type === engine.defaultLogDriver && Object.keys(Config).length === 0,
);

const logOptionsPlace: Place = host('LogConfig', {
  encode: (values) => ({ Config: pairsOf(values) }),
  decode: ({ Config }) => pairTexts(Config),
});

export const logOptions = {
  'log-driver': text({
    place: logPlace,
    compose: one('logging', (value) => ({ driver: value })),
  }),
  'log-opt': list({
    place: logOptionsPlace,
    compose: (values) => ({ service: { logging: { options: pairsOf(values) } } }),
  }),
} as const;
