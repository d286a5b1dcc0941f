/** Converts a spec to the values of the form. Options without a field are in the field for other options. */
import { mountsOf, type PlacedMount } from './check-mounts.ts';
import type { Row, Values } from './form.ts';
import { gpuField, mountArgument, mountRow, portRow } from './form-rows.ts';
import { argumentsOf } from './line.ts';
import { volumeMount, type Mount } from './mounts.ts';
import { lineFields, otherFields, textFields } from './option-fields.ts';
import type { Switch } from './options.ts';
import { all, has, specOf, without, type RunSpec } from './spec.ts';
import { printWords } from '../command-line/words.ts';

/** The values of the form for a spec. */
export function valuesOf(spec: RunSpec): Values {
  const mounts = shownMounts(spec);
  const ports = all(spec, 'publish').map(portRow);
  const [gpus, moreGpus] = firstPlain(all(spec, 'gpus'));
  const [network, moreNetworks] = firstPlain(all(spec, 'network'));
  const lines = lineFields.map((name) => [name, all(spec, name)] as const);
  const left = without(
    { ...spec, image: 'x', command: [] },
    ...textFields.filter((name) => isPlain(spec.texts[name])),
    ...lineFields,
    ...otherFields,
  );
  const other = specOf('x', {
    ...left,
    switches: { ...left.switches, ...loneSwitches(spec) },
    lists: withMore(left.lists, {
      publish: all(spec, 'publish').filter((_, index) => ports[index] === undefined),
      gpus: moreGpus,
      network: moreNetworks,
      ...Object.fromEntries(
        mountNames.map((name) => [
          name,
          all(spec, name).filter(
            (_, index) => !mounts.some((one) => one.place === name && one.index === index),
          ),
        ]),
      ),
      ...Object.fromEntries(
        lines.map(([name, values]) => [name, values.filter((one) => !isPlain(one))]),
      ),
    }),
  });
  return {
    image: spec.image,
    command: printWords(spec.command, 'one line'),
    mode: has(spec, 'detach')
      ? 'detached'
      : has(spec, 'interactive') || has(spec, 'tty')
        ? 'interactive'
        : 'attached',
    rm: has(spec, 'rm'),
    'publish-all': has(spec, 'publish-all'),
    ...Object.fromEntries(
      textFields.map((name) => [name, isPlain(spec.texts[name]) ? spec.texts[name] : '']),
    ),
    ...Object.fromEntries(lines.map(([name, values]) => [name, values.filter(isPlain).join('\n')])),
    ports: ports.filter((row) => row !== undefined),
    mounts: mounts.map(mountRow),
    gpus: gpus === undefined ? '' : gpuField(gpus),
    network: network ?? '',
    other: printWords(argumentsOf(other).slice(1, -1), 'one line'),
  };
}

/** Whether a field of one line keeps it: a field loses line breaks and whitespace at its ends. */
function isPlain(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !/[\r\n]/.test(value) && value.trim() === value;
}

/** The first value if a field keeps it, and all others. */
function firstPlain(
  values: readonly string[],
): readonly [first: string | undefined, others: readonly string[]] {
  const [first, ...others] = values;
  return isPlain(first) ? [first, others] : [undefined, values];
}

const mountNames = ['volume', 'mount', 'tmpfs'] as const;

/** Whether the mount has a row; others are among the other options. */
function isShown({ type, source, target }: Mount): boolean {
  return (
    /^(?:bind|volume|tmpfs)$/.test(type) &&
    [source, target].every((one) => one === '' || isPlain(one))
  );
}

/** The mounts with a row, in the order of the options; also those whose paths are invalid, so that they can be corrected. */
function shownMounts(spec: RunSpec): readonly PlacedMount[] {
  const valid = mountsOf(spec);
  const invalid = all(spec, 'volume').flatMap((text, index) => {
    if (valid.some((one) => one.place === 'volume' && one.index === index)) return [];
    const mount = looseMount(text);
    return mount === undefined ? [] : [{ place: 'volume' as const, index, mount }];
  });
  const places = [...mountNames];
  return [...valid, ...invalid]
    .filter(({ mount }) => isShown(mount))
    .sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place) || a.index - b.index);
}

/** A value of `-v` with an invalid path, if its row is written as the same value; undefined otherwise. */
function looseMount(text: string): Mount | undefined {
  const [source = '', target = '', options = '', ...rest] = text.split(':');
  if (source === '' || target === '' || rest.length > 0) return undefined;
  const words = options === '' ? [] : options.split(',');
  const mount: Mount = {
    type: /^[~./\\]/.test(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: words.includes('ro'),
    options: words.filter((word) => word !== 'ro' && word !== 'rw'),
  };
  const written = mountArgument(mountRow({ place: 'volume', index: 0, mount }));
  return written?.[0] === 'volume' && written[1] === text ? mount : undefined;
}

/** The row for a value of `-v`; undefined if it has none. */
export function mountOfText(text: string): Row | undefined {
  const read = volumeMount(text);
  const mount = typeof read === 'string' ? looseMount(text) : read;
  return mount === undefined || !isShown(mount)
    ? undefined
    : mountRow({ place: 'volume', index: 0, mount });
}

/** `-i` or `-t` alone, or with `-d`, is among the other options: the field for the mode has no value for them. */
function loneSwitches(spec: RunSpec): Partial<Record<Switch, boolean>> {
  const [open, tty] = [has(spec, 'interactive'), has(spec, 'tty')];
  if (!has(spec, 'detach') && open === tty) return {};
  return { ...(open && { interactive: true }), ...(tty && { tty: true }) };
}

function withMore(lists: RunSpec['lists'], more: RunSpec['lists']): RunSpec['lists'] {
  return Object.fromEntries(
    Object.entries({ ...lists, ...more }).filter(([, values]) => values.length > 0),
  );
}
