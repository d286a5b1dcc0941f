/** Values of the options of `docker run`, made at random, of every form that the syntax of each option has. */
import type { OptionName, Switch } from '../client/src/run/options.ts';
import { createRandom } from './random.ts';

/** What a line may refer to. */
export interface LineWorld {
  /** A directory with the files `env`, `labels`, `seccomp.json` and the directories `one` and `two`. */
  readonly folder: string;
  readonly images: readonly string[];
  /** Containers that exist. */
  readonly containers: readonly string[];
  /** User-defined networks, each with the beginnings of its subnets: `172.30.1.` and `2001:db8:1::`. */
  readonly networks: readonly { readonly name: string; readonly v4: string; readonly v6: string }[];
  /** Values of `--device`; absent for those of Linux. */
  readonly devices?: readonly string[];
  /** Options that the engine refuses, or that only a Windows engine has. */
  readonly without?: ReadonlySet<OptionName>;
  /** Types of `--mount` that the engine cannot create. */
  readonly withoutMounts?: ReadonlySet<string>;
  /** Fields of `--network` and `--mount` that the engine or the CLI does not know. */
  readonly withoutFields?: ReadonlySet<string>;
}

/** Random choices from one seed. */
export class Choices {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = createRandom(seed);
  }

  below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(of = 2): boolean {
    return this.below(of) === 0;
  }

  of<T>(...all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  some<T>(all: readonly T[], most = all.length): readonly T[] {
    const left = [...all];
    const count = this.between(1, Math.min(most, left.length));
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}

export type Values = (r: Choices, world: LineWorld) => readonly string[];

/** One value, from one of these. */
const one =
  (...values: readonly string[]): Values =>
  (r) => [r.of(...values)];

const number =
  (least: number, most: number): Values =>
  (r) => {
    const value = r.between(least, most);
    const hex = value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
    return [r.of(String(value), String(value), hex)];
  };

/** Sizes of at least 8m, in all spellings. */
const size: Values = (r) => {
  const mega = r.between(8, 900);
  return [
    r.of(
      `${mega}m`,
      `${mega}M`,
      `${mega}mb`,
      `${mega}MiB`,
      `${mega * 1024}k`,
      String(mega * 1024 * 1024),
      `${mega} m`,
      `${(mega / 1024).toFixed(2)}g`,
    ),
  ];
};

const duration: Values = (r) => [r.of('5s', '1m30s', '250ms', '1.5h', '2m', '1h1m1s', '0s')];

/** Texts that shells, forms and YAML files read as something else where they are not quoted. */
const oddTexts = [
  'plain',
  'two words',
  ' spaced ',
  "it's",
  'a "quoted" one',
  '$HOME',
  '${A:-b}',
  '$$',
  '`id`',
  'a\nb',
  'back\\slash',
  'C:\\temp',
  '%PATH%',
  'yes',
  'null',
  '1e3',
  '0755',
  '8080:80',
  '{a: b}',
  '- x',
  '#not a comment',
  'a=b=c',
  'ünïcödé ☃',
  '*',
  '~',
  '!x',
  'a,b',
  '',
];

export const odd = (r: Choices): string => r.of(...oddTexts);

/** `NAME=value` texts with different names. */
const pairs =
  (names: readonly string[], separator = '='): Values =>
  (r) =>
    r.some(names, 3).map((name) => `${name}${separator}${odd(r)}`);

const ports: Values = (r) =>
  Array.from({ length: r.between(1, 3) }, () => {
    const [host, container] = [r.between(1024, 60000), r.between(1, 9999)];
    return r.of(
      String(container),
      `${host}:${container}`,
      `${host}:${container}/udp`,
      `${host}:${container}/TCP`,
      `0:${container}`,
      `127.0.0.1:${host}:${container}`,
      `127.0.0.1::${container}/sctp`,
      `[::1]:${host}:${container}`,
      `${host}-${host + 2}:${container}-${container + 2}`,
      `${host}-${host + 4}:${container}`,
      `published=${host},target=${container},protocol=udp`,
      `target=${container}`,
    );
  });

const networkValues: Values = (r, { networks, containers, withoutFields }) => {
  if (r.chance(5)) {
    return [r.of('bridge', 'host', 'none', 'default', `container:${containers[0] ?? ''}`)];
  }
  return r.some(networks, 2).map(({ name, v4, v6 }, index) => {
    const ip = `${v4}${r.between(10, 250)}`;
    const fields = [
      `alias=${r.of('web', 'db', 'a-1')}`,
      'alias=second',
      `ip=${ip}`,
      `ip6=${v6}${r.between(16, 255).toString(16)}`,
      `link-local-ip=169.254.${r.between(1, 200)}.${r.between(1, 200)}`,
      `mac-address=02:aa:bb:cc:${r.between(16, 99)}:0${index}`,
      'driver-opt=com.example.key=value',
      'driver-opt=other=1',
      `gw-priority=${r.between(-5, 9)}`,
    ].filter((field) => withoutFields?.has(field.split('=')[0]!) !== true);
    if (r.chance(3) || fields.length === 0) return name;
    return [`name=${name}`, ...r.some(fields, 4)].join(',');
  });
};

/** Paths in the container that no two mounts of a line share. */
export class Targets {
  #count = 0;
  next(r: Choices): string {
    return r.of('/mnt/', '/with space ', '/x/y/') + String(++this.#count);
  }
}

const mountValues =
  (targets: Targets): Values =>
  (r, { folder, images, withoutMounts, withoutFields }) =>
    Array.from({ length: r.between(1, 2) }, (_, index) => {
      // The engine mounts an image only once in a container.
      const types = [
        'bind',
        'volume',
        'tmpfs',
        'npipe',
        'cluster',
        ...(index === 0 ? ['image'] : []),
      ];
      const type = r.of(...types.filter((one) => withoutMounts?.has(one) !== true));
      const target = `${r.of('target', 'dst', 'destination')}=${targets.next(r)}`;
      const fields = mountFields(r, type, { folder, images });
      const known = fields.filter((field) => withoutFields?.has(field.split('=')[0]!) !== true);
      const recursive = known.some((field) => /^bind-recursive=(?:writable|readonly)/.test(field));
      const named = type !== 'volume' || known.some((field) => /^(?:src|source)=/.test(field));
      const propagation = known.includes('bind-recursive=readonly')
        ? ['bind-propagation=rprivate']
        : [];
      const all = [
        `type=${type}`,
        target,
        ...known.filter((field) => propagation.length === 0 || !field.startsWith('bind-prop')),
        ...propagation,
        ...(recursive ? ['readonly'] : []),
        // An anonymous volume must be writable.
        ...(!recursive && named && r.chance() ? [r.of('readonly', 'ro', 'readonly=true')] : []),
      ];
      return all
        .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
        .join(',');
    });

/** A volume of its own, as an existing one would have to have the same options. */
function withDriverOptions(r: Choices): readonly string[] {
  return [
    `source=vol-own-${r.below(1e9)}`,
    'volume-driver=local',
    'volume-opt=type=tmpfs',
    'volume-opt=device=tmpfs',
    'volume-opt=o=size=10m,uid=1000',
  ];
}

function mountFields(
  r: Choices,
  type: string,
  { folder, images }: Pick<LineWorld, 'folder' | 'images'>,
): readonly string[] {
  const some = (fields: readonly string[]) => (r.chance(3) ? [] : r.some(fields, 3));
  switch (type) {
    case 'bind':
      return [
        `source=${folder}/${r.of('one', 'two', 'with space')}`,
        ...some([
          `bind-propagation=${r.of('rprivate', 'private', 'rslave', 'rshared')}`,
          r.of('bind-recursive=disabled', 'bind-nonrecursive', 'bind-nonrecursive=true'),
          'consistency=cached',
        ]),
        ...(r.chance(4) ? [`bind-recursive=${r.of('writable', 'readonly', 'enabled')}`] : []),
      ].filter((field, index, all) => {
        // Each of the ways to say whether a mount is recursive excludes the others.
        const isRecursive = (text: string) => /^bind-(?:non)?recursive/.test(text);
        return !isRecursive(field) || all.findIndex(isRecursive) === index;
      });
    case 'volume':
      return [
        ...(r.chance(3) ? [] : [`src=vol-${r.below(9)}`]),
        ...some([
          r.of('volume-nocopy', 'volume-nocopy=true'),
          'volume-label=a=b',
          `volume-label=note=${r.of('x y', 'a,b', '"q"')}`,
          'volume-driver=local',
        ]),
        ...(r.chance(5) ? withDriverOptions(r) : []),
      ];
    case 'tmpfs':
      return some(['tmpfs-size=64m', 'tmpfs-mode=1770']);
    case 'image':
      return [`source=${images[0]}`, ...some(['image-subpath=etc'])];
    case 'npipe':
      return ['source=\\\\.\\pipe\\docker_engine'];
    default:
      return ['source=group:one'];
  }
}

const volumeValues =
  (targets: Targets): Values =>
  (r, { folder }) =>
    Array.from({ length: r.between(1, 3) }, () => {
      const target = targets.next(r);
      const modes = r.of('', '', ':ro', ':rw', ':z', ':ro,Z', ':rslave', ':rw,rprivate,z');
      return r.of(
        target,
        `${folder}/${r.of('one', 'two', 'with space')}:${target}${modes}`,
        `./one:${target}${modes}`,
        `vol-${r.below(9)}:${target}${r.of('', ':ro', ':nocopy', ':ro,nocopy', ':z')}`,
      );
    });

const tmpfsValues =
  (targets: Targets): Values =>
  (r) => [
    `/run/${targets.next(r).replaceAll(' ', '-').replaceAll('/', '')}${r.of('', ':size=64m', ':rw,noexec,size=1k,mode=1777', ':ro', ':uid=1000,ro')}`,
  ];

const rate =
  (device: string, values: readonly string[]): Values =>
  (r) => [`${device}:${r.of(...values)}`];

const container =
  (prefix: string, ...others: readonly string[]): Values =>
  (r, { containers }) =>
    r.chance() && containers.length > 0 ? [prefix + r.of(...containers)] : [r.of(...others)];

const gpus: Values = (r) =>
  r.some(
    [
      'all',
      '2',
      '0',
      '-1',
      'count=3',
      'device=0',
      '"device=0,2"',
      'device=GPU-3a23c669,driver=nvidia',
      'all,"capabilities=compute,utility"',
      'driver=nvidia,count=all,"options=a=b,c=d"',
    ],
    2,
  );

/** A generator for each option; switches have none. */
export const generators = (
  targets: Targets,
): Readonly<Record<Exclude<OptionName, Switch>, Values>> => ({
  attach: (r) => r.some(['stdin', 'stdout', 'STDERR']),
  pull: one('missing', 'never', 'always'),
  platform: one('linux/amd64', 'linux'),
  name: (r) => [`random-${r.below(1e9).toString(36)}`],
  restart: one('no', 'always', 'unless-stopped', 'on-failure', 'on-failure:5', ''),
  ipc: container('container:', 'host', 'private', 'shareable', 'none'),
  pid: container('container:', 'host'),
  uts: one('host'),
  userns: one('host'),
  cgroupns: one('host', 'private'),
  'cgroup-parent': one('/drydock-test', 'drydock-test'),
  isolation: one('default'),
  hostname: one('web', 'web.example.com', 'a'),
  domainname: one('example.com'),
  publish: ports,
  expose: (r) => [r.of('80', '7000-7002/udp', '53/udp', '443/tcp', '9/sctp')],
  network: networkValues,
  'network-alias': (r) => r.some(['web', 'DB', 'a-1', 'b.c']),
  ip: (r, { networks }) => [`${networks[0]!.v4}${r.between(10, 250)}`],
  ip6: (r, { networks }) => [`${networks[0]!.v6}${r.between(16, 255).toString(16)}`],
  'link-local-ip': (r) => [r.of('169.254.7.7', 'fe80::7')],
  'mac-address': (r) => [r.of('92:d0:c6:0a:29:33', '02:42:ac:11:00:63')],
  link: (r, { containers }) =>
    r.some(containers, 2).map((name, index) => r.of(name, `${name}:alias-${index}`)),
  'add-host': (r, { withoutFields }) => {
    const hosts = [
      'db:10.0.0.5',
      'six=2001:db8::5',
      'docker:host-gateway',
      'x=[::1]',
      'db:10.0.0.6',
    ];
    return r.some(
      withoutFields?.has('add-host=') === true ? hosts.filter((one) => !one.includes('=')) : hosts,
      3,
    );
  },
  dns: (r) => r.some(['8.8.8.8', '1.1.1.1', '2001:4860:4860:0:0:0:0:8888'], 2),
  'dns-search': (r) => r.some(['example.com', 'a.b.', '.'], 2),
  'dns-option': (r) => r.some(['ndots:2', 'use-vc', 'timeout:3'], 2),
  volume: volumeValues(targets),
  mount: mountValues(targets),
  tmpfs: tmpfsValues(targets),
  'volumes-from': (r, { containers }) => [r.of(...containers) + r.of('', ':ro', ':rw')],
  'volume-driver': one('local'),
  'storage-opt': one('size=10G'),
  env: (r, w) => [
    ...pairs(['A', 'LONG_NAME', 'lower', 'x.y', 'OF_IMAGE'])(r, w),
    ...(r.chance(4) ? ['HOME'] : []),
    ...(r.chance(4) ? ['NOT_SET_HERE'] : []),
  ],
  'env-file': (_, { folder }) => [`${folder}/env`],
  user: one('1000', '1000:1000', 'root', 'nobody:nogroup', '0'),
  workdir: one('/srv', '/with space', '/a/../b', '/'),
  entrypoint: one('/bin/sh', 'sh', '', '/bin/with space'),
  gpus,
  runtime: one('runc'),
  device: (r, { devices }) =>
    r.some(
      devices ?? [
        '/dev/null',
        '/dev/null:/dev/xnull',
        '/dev/zero:r',
        '/dev/full:/dev/x:rw',
        'vendor.example/class=device',
      ],
      2,
    ),
  'device-cgroup-rule': (r) => r.some(['c 1:3 rwm', 'b 8:* r', 'a *:* rwm'], 2),
  memory: size,
  'memory-reservation': one('8m', '6291456', '7 MB'),
  'memory-swap': one('-1', '2g', '1.5G', '0'),
  'memory-swappiness': number(0, 100),
  'kernel-memory': one('50m'),
  cpus: one('.5', '1', '1.25', '0.001', '3/2', '0', '2.'),
  'cpu-shares': number(2, 4096),
  'cpu-period': number(1000, 100000),
  'cpu-quota': number(1000, 100000),
  'cpu-rt-period': number(1000, 100000),
  'cpu-rt-runtime': number(1, 900),
  'cpuset-cpus': one('0', '0-1', '0,1'),
  'cpuset-mems': one('0'),
  'cpu-count': number(1, 4),
  'cpu-percent': number(1, 100),
  'io-maxbandwidth': one('10m'),
  'io-maxiops': number(1, 1000),
  'shm-size': size,
  'pids-limit': one('100', '-1', '0', '0x20'),
  'blkio-weight': one('10', '500', '0'),
  'blkio-weight-device': rate('/dev/null', ['200', '1000']),
  'device-read-bps': rate('/dev/null', ['1mb', '1024', '2 k']),
  'device-read-iops': rate('/dev/null', ['10', '1000']),
  'device-write-bps': rate('/dev/zero', ['1mb', '1g']),
  'device-write-iops': rate('/dev/zero', ['10']),
  ulimit: (r) =>
    r.some(
      [
        'nofile=1024:4096',
        'nproc=512',
        'memlock=-1:-1',
        'core=0',
        'stack=8388608',
        'fsize=9223372036854775807',
      ],
      3,
    ),
  'oom-score-adj': number(-1000, 1000),
  'cap-add': (r) => r.some(['NET_ADMIN', 'cap_sys_time', 'CAP_CHOWN', 'ALL'], 2),
  'cap-drop': (r) => r.some(['MKNOD', 'all', 'CAP_SETUID'], 2),
  'group-add': (r) => r.some(['44', 'audio', '0'], 2),
  'security-opt': (r, { folder }) =>
    r.some(
      [
        'no-new-privileges',
        'seccomp=unconfined',
        `seccomp=${folder}/seccomp.json`,
        'label=disable',
        'label=type:x',
        'systempaths=unconfined',
        'no-new-privileges:true',
        'apparmor=unconfined',
      ],
      2,
    ),
  sysctl: pairsOf([
    'net.ipv4.ip_forward=1',
    'kernel.msgmax=65536',
    'net.core.somaxconn=1024',
    'fs.mqueue.msg_max=10',
  ]),
  'log-driver': one('json-file', 'local', 'none', 'journald'),
  'log-opt': one('max-size=10m', 'max-size=1k'),
  label: pairs(['a', 'com.example/b', 'c.d', 'OF_IMAGE']),
  'label-file': (_, { folder }) => [`${folder}/labels`],
  annotation: pairs(['a', 'com.example.note']),
  'stop-signal': one('SIGINT', 'TERM', '9', 'SIGRTMIN+3'),
  'stop-timeout': one('0', '30', '-1', '0x1e'),
  'health-cmd': (r) => [
    r.of('true', 'curl -f "http://localhost" || exit 1', 'a\nb', "it's", '$HOME'),
  ],
  'health-interval': duration,
  'health-timeout': duration,
  'health-start-period': duration,
  'health-start-interval': duration,
  'health-retries': number(0, 9),
  cidfile: (r, { folder }) => [`${folder}/cid-${r.below(1e9)}`],
  'detach-keys': one('ctrl-a', 'ctrl-p,ctrl-q'),
});

function pairsOf(all: readonly string[]): Values {
  return (r) => r.some(all, 2);
}
