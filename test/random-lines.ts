/** Random `docker run` lines over all options, each option with values of every form that its syntax has. */
import { shortOptions, table, type OptionName } from '../client/src/run/options.ts';
import {
  Choices,
  generators,
  odd,
  Targets,
  type LineWorld,
  type Values,
} from './random-line-values.ts';

export { Choices, type LineWorld } from './random-line-values.ts';

export interface RandomLine {
  readonly seed: number;
  /** The words of each value of each option. */
  readonly options: readonly { readonly name: OptionName; readonly words: readonly string[] }[];
  /** Image and command. */
  readonly rest: readonly string[];
}

/** The words after `docker run`, without those of some options. */
export function wordsOf(
  { options, rest }: RandomLine,
  without: ReadonlySet<OptionName> = new Set(),
): readonly string[] {
  const kept = options.filter(({ name }) => !without.has(name));
  return [...kept.flatMap(({ words }) => words), ...rest];
}

/** Every option that a line may have. */
export const lineOptions: readonly OptionName[] = (Object.keys(table) as OptionName[]).filter(
  (name) => name !== 'help',
);

/** Options that cannot be given with one that is chosen before them. */
const exclusions: readonly (readonly [OptionName, OptionName])[] = [
  ['rm', 'restart'],
  ['detach', 'attach'],
  ...(
    [
      'health-cmd',
      'health-interval',
      'health-timeout',
      'health-start-period',
      'health-start-interval',
      'health-retries',
    ] as const
  ).map((name) => ['no-healthcheck', name] as const),
  ['uts', 'hostname'],
  ['cpus', 'cpu-period'],
  ['cpus', 'cpu-quota'],
  ['privileged', 'userns'],
];

/** A random line; the same seed and world give the same line. */
export function randomLine(seed: number, world: LineWorld): RandomLine {
  const r = new Choices(seed);
  const wanted = r.some(
    lineOptions.filter((name) => world.without?.has(name) !== true),
    r.of(3, 8, 20, 50),
  );
  const chosen = wanted.filter((name, index) => {
    const earlier = new Set(wanted.slice(0, index));
    return !exclusions.some(
      ([one, other]) =>
        (name === other && earlier.has(one)) || (name === one && earlier.has(other)),
    );
  });
  const generate: Readonly<Partial<Record<OptionName, Values>>> = generators(new Targets());
  const values = new Map<OptionName, readonly string[]>();
  for (const name of chosen) {
    if (table[name].kind === 'switch') values.set(name, [switchValue(r, name)]);
    else values.set(name, valuesOf(r, name, generate[name]!, world));
  }
  reconcile(values);
  const spelledAll = [...values].flatMap(([name, all]) =>
    all.map((value) => ({ name, words: spelled(r, name, value) })),
  );
  const image = r.of(...world.images);
  const command = needsCommand(values) || r.chance() ? commandOf(r) : [];
  return { seed, options: spelledAll, rest: [image, ...command] };
}

/** Of a text, sometimes a value before the one that is used. */
function valuesOf(
  r: Choices,
  name: OptionName,
  generate: Values,
  world: LineWorld,
): readonly string[] {
  const values = generate(r, world);
  if (table[name].kind !== 'text' || !r.chance(12)) return values;
  return [...generate(r, world), ...values];
}

/** A switch is mostly on; where being off differs from not being given, both occur. */
function switchValue(r: Choices, name: OptionName): string {
  if (table[name].unset === undefined) return r.of('true', 'false');
  return r.chance(6) ? 'false' : 'true';
}

function needsCommand(values: ReadonlyMap<OptionName, readonly string[]>): boolean {
  return values.get('entrypoint')?.at(-1) === '';
}

function commandOf(r: Choices): readonly string[] {
  return r.of(
    ['sh'],
    ['sleep', '1'],
    ['sh', '-c', 'echo "$A" && exit'],
    ['-x', odd(r)],
    [odd(r) || 'x', '', odd(r)],
  );
}

/** What the engine would refuse together. */
function reconcile(values: Map<OptionName, readonly string[]>): void {
  const [network = ''] = values.get('network') ?? [];
  const name = /(?:^|,)name=([^,]*)/.exec(network)?.[1] ?? network;
  const userDefined = name !== '' && !/^(?:bridge|host|none|default|container:.*)$/.test(name);
  const drop = (...names: readonly OptionName[]) => names.forEach((one) => values.delete(one));
  if (!userDefined) drop('network-alias', 'ip', 'ip6', 'link-local-ip');
  if (name === 'host') drop('link', 'mac-address', 'publish');
  if (name.startsWith('container:')) {
    drop('hostname', 'publish', 'publish-all', 'expose', 'link', 'dns', 'add-host', 'mac-address');
  }
  if (name === 'none') drop('link', 'mac-address');
  for (const [option, field] of [
    ['network-alias', 'alias'],
    ['ip', 'ip'],
    ['ip6', 'ip6'],
    ['mac-address', 'mac-address'],
    ['link-local-ip', 'link-local-ip'],
  ] as const) {
    if (new RegExp(`(?:^|,)${field}=`).test(network)) drop(option);
  }
  // An address must be of the network that it is for.
  if (values.has('ip') || values.has('ip6')) values.set('network', ['front']);
  if (!values.has('memory')) drop('memory-swap');
  if (/^(?:none|journald)$/.test(values.get('log-driver')?.at(-1) ?? '')) drop('log-opt');
  if (values.get('security-opt')?.filter((one) => one.startsWith('seccomp=')).length === 2)
    drop('security-opt');
}

/** In one of the ways in which docker reads it. */
function spelled(r: Choices, name: OptionName, value: string): readonly string[] {
  const { kind, aliases = [] } = table[name];
  const long = `--${r.of(name, name, ...aliases)}`;
  const letter = [...shortOptions].find(([, option]) => option === name)?.[0];
  if (kind === 'switch') {
    const off = value === 'false';
    if (off) return [`${long}=${r.of('false', '0', 'F')}`];
    const plain = letter === undefined ? long : r.of(long, `-${letter}`);
    return r.chance(5) ? [`${long}=${r.of('true', '1', 'T')}`] : [plain];
  }
  if (letter !== undefined && r.chance()) {
    if (value !== '' && !value.startsWith('=') && r.chance()) return [`-${letter}${value}`];
    return [`-${letter}`, value];
  }
  return r.chance() ? [`${long}=${value}`] : [long, value];
}
