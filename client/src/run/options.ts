/** The options of `docker run` that make a container, by their long names, as docker 28 knows them. */

/** What a value must look like; undefined is any text. */
export type ValueKind = 'size' | 'number' | 'integer' | 'duration';

export interface Option {
  readonly kind: 'switch' | 'text' | 'list';
  /** One letter. */
  readonly short?: string;
  readonly value?: ValueKind;
}

const on = (short?: string) => ({ kind: 'switch', ...(short && { short }) }) as const;
const text = (value?: ValueKind, short?: string) =>
  ({ kind: 'text', ...(value && { value }), ...(short && { short }) }) as const;
const list = (short?: string) => ({ kind: 'list', ...(short && { short }) }) as const;

/** In the order in which they are printed: who it is, how it runs, what it reaches, what limits it. */
export const options = {
  detach: on('d'),
  interactive: on('i'),
  tty: on('t'),
  attach: list('a'),
  rm: on(),
  init: on(),
  pull: text(),
  platform: text(),
  name: text(),
  hostname: text(undefined, 'h'),
  domainname: text(),
  restart: text(),
  publish: list('p'),
  'publish-all': on('P'),
  expose: list(),
  network: list(),
  'network-alias': list(),
  ip: text(),
  ip6: text(),
  'link-local-ip': list(),
  'mac-address': text(),
  link: list(),
  'add-host': list(),
  dns: list(),
  'dns-search': list(),
  'dns-option': list(),
  volume: list('v'),
  mount: list(),
  tmpfs: list(),
  'volumes-from': list(),
  'volume-driver': text(),
  env: list('e'),
  'env-file': list(),
  user: text(undefined, 'u'),
  'group-add': list(),
  workdir: text(undefined, 'w'),
  entrypoint: text(),
  gpus: list(),
  runtime: text(),
  device: list(),
  'device-cgroup-rule': list(),
  memory: text('size', 'm'),
  'memory-reservation': text('size'),
  'memory-swap': text('size'),
  'memory-swappiness': text('integer'),
  cpus: text('number'),
  'cpu-shares': text('integer', 'c'),
  'cpu-period': text('integer'),
  'cpu-quota': text('integer'),
  'cpu-rt-period': text('integer'),
  'cpu-rt-runtime': text('integer'),
  'cpuset-cpus': text(),
  'cpuset-mems': text(),
  'shm-size': text('size'),
  'pids-limit': text('integer'),
  'blkio-weight': text('integer'),
  'blkio-weight-device': list(),
  'device-read-bps': list(),
  'device-read-iops': list(),
  'device-write-bps': list(),
  'device-write-iops': list(),
  ulimit: list(),
  'oom-kill-disable': on(),
  'oom-score-adj': text('integer'),
  privileged: on(),
  'read-only': on(),
  'cap-add': list(),
  'cap-drop': list(),
  'security-opt': list(),
  sysctl: list(),
  'storage-opt': list(),
  ipc: text(),
  pid: text(),
  uts: text(),
  userns: text(),
  cgroupns: text(),
  'cgroup-parent': text(),
  isolation: text(),
  'log-driver': text(),
  'log-opt': list(),
  label: list('l'),
  'label-file': list(),
  annotation: list(),
  'stop-signal': text(),
  'stop-timeout': text('integer'),
  'no-healthcheck': on(),
  'health-cmd': text(),
  'health-interval': text('duration'),
  'health-timeout': text('duration'),
  'health-start-period': text('duration'),
  'health-start-interval': text('duration'),
  'health-retries': text('integer'),
} as const satisfies Record<string, Option>;

type Options = typeof options;
type Of<K extends Option['kind']> = {
  [N in keyof Options]: Options[N] extends { readonly kind: K } ? N : never;
}[keyof Options];

export type OptionName = keyof Options;
export type Switch = Of<'switch'>;
export type Text = Of<'text'>;
export type List = Of<'list'>;

export const optionNames = Object.keys(options) as readonly OptionName[];

/** Other spellings that docker takes. */
export const aliases: Readonly<Record<string, OptionName>> = {
  net: 'network',
  'net-alias': 'network-alias',
  'dns-opt': 'dns-option',
};

/** Options of the docker program itself: nothing of them is left in the container. `true` takes a value. */
export const clientOnly: Readonly<Record<string, boolean>> = {
  'sig-proxy': false,
  'detach-keys': true,
  'disable-content-trust': false,
  cidfile: true,
  quiet: false,
  q: false,
};

/** The option behind a single letter. */
export const shortOptions: ReadonlyMap<string, OptionName> = new Map(
  optionNames.flatMap((name) => {
    const { short } = options[name] as Option;
    return short === undefined ? [] : [[short, name] as const];
  }),
);

/** The option of that long name; undefined where docker has none, or we have none for it. */
export function optionOf(name: string): OptionName | undefined {
  if (Object.hasOwn(options, name)) return name as OptionName;
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}
