/** Spec → what the fields of the form hold, and back. Options without a field stand in one of their own. */
import { t } from '@vscode/l10n';
import { mountsOf } from './check-mounts.ts';
import type { Mark, Row, Value, Values } from './form.ts';
import { gpuChoice, gpuText } from './gpu-request.ts';
import { argumentsOf, specOfWords } from './line.ts';
import { longText, tmpfsText, volumeText, type Mount } from './mounts.ts';
import type { List, Text } from './options.ts';
import { portRuleOf, portText } from './ports.ts';
import { all, has, specOf, without, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { printWords, wordsOf, type Surroundings } from './words.ts';

/** Options with a field of the same name that holds their text. */
export const textFields = [
  'name',
  'restart',
  'user',
  'workdir',
  'hostname',
  'entrypoint',
  'memory',
  'cpus',
  'shm-size',
  'platform',
  'health-cmd',
  'health-interval',
  'health-timeout',
  'health-start-period',
  'health-retries',
] as const satisfies readonly Text[];

/** Options with a field of the same name that holds one value a line. */
export const lineFields = [
  'env',
  'env-file',
  'label',
  'ulimit',
  'add-host',
] as const satisfies readonly List[];

/** What the fields hold for this spec. */
export function valuesOf(spec: RunSpec): Values {
  const mounts = mountsOf(spec).filter(({ mount }) => shownTypes.has(mount.type));
  const ports = all(spec, 'publish').map(portRow);
  const [gpus, ...moreGpus] = all(spec, 'gpus');
  const [network, ...moreNetworks] = all(spec, 'network');
  const lines = lineFields.map((name) => [name, all(spec, name)] as const);
  const plain = (value: string) => !/[\r\n]/.test(value);
  const left = without(
    { ...spec, image: 'x', command: [] },
    ...textFields.filter((name) => spec.texts[name] !== ''),
    ...lineFields,
    ...([
      'publish',
      'gpus',
      'network',
      'volume',
      'mount',
      'tmpfs',
      'detach',
      'interactive',
      'tty',
      'rm',
      'publish-all',
    ] as const),
  );
  const other = specOf('x', {
    ...left,
    switches: [...left.switches, ...loneSwitches(spec)],
    lists: withMore(left.lists, {
      publish: all(spec, 'publish').filter((_, index) => ports[index] === undefined),
      gpus: moreGpus,
      network: moreNetworks,
      mount: all(spec, 'mount').filter(
        (_, index) => !mounts.some((one) => one.place === 'mount' && one.index === index),
      ),
      ...Object.fromEntries(
        lines.map(([name, values]) => [name, values.filter((value) => !plain(value))]),
      ),
    }),
  });
  return {
    image: spec.image,
    command: printWords(spec.command),
    mode: has(spec, 'detach')
      ? 'detached'
      : has(spec, 'interactive') || has(spec, 'tty')
        ? 'interactive'
        : 'attached',
    rm: has(spec, 'rm'),
    'publish-all': has(spec, 'publish-all'),
    ...Object.fromEntries(textFields.map((name) => [name, spec.texts[name] ?? ''])),
    ...Object.fromEntries(lines.map(([name, values]) => [name, values.filter(plain).join('\n')])),
    ports: ports.filter((row) => row !== undefined),
    mounts: mounts.map(mountRow),
    gpus: gpus === undefined ? '' : gpuField(gpus),
    network: network ?? '',
    other: printWords(argumentsOf(other).slice(1, -1)),
  };
}

const shownTypes = new Set<Mount['type']>(['bind', 'volume', 'tmpfs']);

/** A terminal without input, or input beside what runs detached, is said with the other options. */
function loneSwitches(spec: RunSpec): RunSpec['switches'] {
  const [open, tty] = [has(spec, 'interactive'), has(spec, 'tty')];
  if (has(spec, 'detach'))
    return [...(open ? (['interactive'] as const) : []), ...(tty ? (['tty'] as const) : [])];
  if (open && !tty) return ['interactive'];
  return tty && !open ? ['tty'] : [];
}

function withMore(lists: RunSpec['lists'], more: RunSpec['lists']): RunSpec['lists'] {
  return Object.fromEntries(
    Object.entries({ ...lists, ...more }).filter(([, values]) => values.length > 0),
  );
}

function portRow(text: string): Row | undefined {
  const rule = portRuleOf(text);
  if (typeof rule === 'string') return undefined;
  const host = portText({ ...rule, container: '', protocol: 'tcp' }).replace(/:$/, '');
  return { host, container: rule.container, protocol: rule.protocol };
}

function mountRow({ place, mount }: ReturnType<typeof mountsOf>[number]): Row {
  const { type, source, target, readOnly, options } = mount;
  return { how: place, type, source, target, readOnly, options: options.join(',') };
}

/** What a row asks for, and by which option. */
function mountArguments(row: Row): readonly [option: 'volume' | 'mount' | 'tmpfs', value: string] {
  const words = textOf(row.options);
  const type = textOf(row.type);
  const mount: Mount = {
    type: type === 'volume' || type === 'tmpfs' ? type : 'bind',
    source: type === 'tmpfs' ? '' : textOf(row.source),
    target: textOf(row.target),
    readOnly: row.readOnly === true,
    options: words === '' ? [] : words.split(','),
  };
  if (mount.type === 'tmpfs') {
    const long = mount.options.some((option) => option.startsWith('tmpfs-'));
    return long ? ['mount', longText(mount)] : ['tmpfs', tmpfsText(mount)];
  }
  // A colon in a path, and options with a value, have no place in the short form.
  const long =
    row.how === 'mount' ||
    mount.options.some((option) => option.includes('=')) ||
    /:/.test(mount.source.replace(/^[A-Za-z]:/, '') + mount.target);
  return long ? ['mount', longText(mount)] : ['volume', volumeText(mount)];
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

function rowsOf(value: Value | undefined): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}

export interface DraftRead {
  readonly spec: RunSpec;
  readonly marks: readonly Mark[];
  /** Where a trouble of the whole spec is shown. */
  readonly mark: (trouble: Trouble) => Mark;
}

/** The spec that the fields mean, and what is wrong in which of them. */
export function specOfValues(values: Values, around: Surroundings): DraftRead {
  const writer = new Writer(values, around);
  const { spec, troubles } = specOfWords(writer.words(), around);
  const mark = (trouble: Trouble) => writer.mark(trouble);
  return { spec, marks: [...writer.marks, ...troubles.map(mark)], mark };
}

/** Writes the words of a line, and remembers from which field each came. */
class Writer {
  readonly marks: Mark[] = [];
  readonly #values: Values;
  readonly #around: Surroundings;
  /** By option: the field and row of each of its values, in order. */
  readonly #places = new Map<string, { readonly field: string; readonly row: number }[]>();

  constructor(values: Values, around: Surroundings) {
    this.#values = values;
    this.#around = around;
  }

  words(): readonly string[] {
    const { command, image } = this.#values;
    return [
      ...this.#switches(),
      ...textFields.flatMap((name) => this.#text(name)),
      ...this.#rows('ports', portArgument),
      ...this.#rows('mounts', mountArgument),
      ...this.#one('network', textOf(this.#values.network)),
      ...this.#one('gpus', gpuArgument(textOf(this.#values.gpus))),
      ...lineFields.flatMap((name) => this.#lines(name)),
      ...this.#split('other', textOf(this.#values.other)),
      '--',
      textOf(image),
      ...this.#split('command', textOf(command)),
    ];
  }

  mark({ place, index = 0, severity, message, offer }: Trouble): Mark {
    const known = this.#places.get(place);
    const at = known?.[index];
    const where =
      at ?? (known === undefined && isField(place) ? { field: place } : { field: 'other' });
    return {
      ...where,
      severity,
      message,
      ...(offer && {
        offer: {
          label: offer.label,
          ...this.#target(place, index),
          value: this.#offered(place, index, offer.value),
        },
      }),
    };
  }

  /** A free port goes into its row; whose folder it is goes to the user. */
  #target(
    place: Trouble['place'],
    index: number,
  ): { field: string; row?: number; column?: string } {
    const at = this.#places.get(place)?.[index];
    if (place === 'publish' && at !== undefined) return { ...at, column: 'host' };
    return { field: place === 'volume' || place === 'mount' ? 'user' : place };
  }

  /** The address before a port stays. */
  #offered(place: Trouble['place'], index: number, value: string): string {
    const row = this.#places.get(place)?.[index]?.row;
    if (place !== 'publish' || row === undefined) return value;
    const before = textOf(rowsOf(this.#values.ports)[row]?.host);
    return before.includes(':') ? before.replace(/[^:]*$/, value) : value;
  }

  #switches(): readonly string[] {
    const { mode, rm } = this.#values;
    return [
      ...(mode === 'detached' ? ['--detach'] : []),
      ...(mode === 'interactive' && !this.#saysOtherwise() ? ['--interactive', '--tty'] : []),
      ...(rm === true ? ['--rm'] : []),
      ...(this.#values['publish-all'] === true ? ['--publish-all'] : []),
    ];
  }

  /** `-i` alone, or `-t` alone, stands among the other options. */
  #saysOtherwise(): boolean {
    const words = textOf(this.#values.other).split(/\s+/);
    return words.some((word) => /^(?:-i|-t|--interactive|--tty)$/.test(word));
  }

  #text(name: Text): readonly string[] {
    const value = textOf(this.#values[name]);
    return value === '' ? [] : [`--${name}=${value}`];
  }

  #one(name: List, value: string): readonly string[] {
    if (value === '') return [];
    this.#places.set(name, [{ field: name, row: 0 }]);
    return [`--${name}=${value}`];
  }

  #lines(name: List): readonly string[] {
    return textOf(this.#values[name])
      .split('\n')
      .flatMap((line, row) =>
        line.trim() === '' ? [] : [this.#noted(name, { field: name, row }, line.trim())],
      );
  }

  #rows(
    field: string,
    argument: (row: Row) => readonly [string, string] | undefined,
  ): readonly string[] {
    return rowsOf(this.#values[field]).flatMap((row, number) => {
      const said = argument(row);
      return said === undefined ? [] : [this.#noted(said[0], { field, row: number }, said[1])];
    });
  }

  #noted(
    option: string,
    place: { readonly field: string; readonly row: number },
    value: string,
  ): string {
    this.#places.set(option, [...(this.#places.get(option) ?? []), place]);
    return `--${option}=${value}`;
  }

  #split(field: string, text: string): readonly string[] {
    const { words, unknown, rest } = wordsOf(text.replaceAll('\n', ' '), this.#around);
    const [name] = unknown;
    if (name !== undefined) {
      const message = t('{0} is not known here and was left as it is', name);
      this.marks.push({ field, severity: 'warning', message });
    }
    // A sign such as && belongs to a shell: it goes to the command as it was typed.
    return rest === '' ? words : [...words, ...rest.split(/\s+/)];
  }
}

function portArgument(row: Row): readonly [string, string] | undefined {
  const [host, container] = [textOf(row.host), textOf(row.container)];
  if (host === '' && container === '') return undefined;
  const protocol = textOf(row.protocol);
  const end = protocol === '' || protocol === 'tcp' ? container : `${container}/${protocol}`;
  return ['publish', host === '' ? end : `${host}:${end}`];
}

function mountArgument(row: Row): readonly [string, string] | undefined {
  return textOf(row.source) === '' && textOf(row.target) === '' ? undefined : mountArguments(row);
}

/** `0,1` are devices; how many is said as `count=2`. */
function gpuArgument(text: string): string {
  return text === '' || text === 'all' || text.includes('=') ? text : gpuText(text.split(/[\s,]+/));
}

/** The text of the field for a request that asks for more than it, or less, as it is. */
function gpuField(text: string): string {
  const choice = gpuChoice(text);
  if (choice === undefined) return /^\d+$/.test(text) ? `count=${text}` : text;
  return choice === 'all' ? 'all' : choice.join(',');
}

const fields = new Set<string>([
  ...textFields,
  ...lineFields,
  'image',
  'command',
  'network',
  'gpus',
  'publish-all',
  'rm',
]);

function isField(place: string): boolean {
  return fields.has(place);
}
