/**
 * The options of `docker run`, one entry each: its names, the syntax of its values, its place in the create request and in
 * the result of inspect, its part of a compose service, and its field in the form. They are the options of docker 28.5 and
 * some of newer versions.
 */
import { blockOptions } from './options/block-io.ts';
import { deviceOptions } from './options/devices.ts';
import { environmentOptions, labelOptions } from './options/environment.ts';
import { healthOptions } from './options/health.ts';
import { logOptions, namespaceOptions } from './options/namespaces.ts';
import { networkOptions } from './options/network.ts';
import type { Kind, Option } from './options/option.ts';
import { cliOptions, processOptions, programOptions, stopOptions } from './options/process.ts';
import { resourceOptions } from './options/resources.ts';
import { securityOptions } from './options/security.ts';
import { storageOptions } from './options/storage.ts';

/** In the order of printed commands. */
export const options = {
  ...processOptions,
  ...namespaceOptions,
  ...networkOptions,
  ...storageOptions,
  ...environmentOptions,
  ...programOptions,
  ...deviceOptions,
  ...resourceOptions,
  ...blockOptions,
  ...securityOptions,
  ...logOptions,
  ...labelOptions,
  ...stopOptions,
  ...healthOptions,
  ...cliOptions,
};

type Options = typeof options;
type Of<K extends Kind> = {
  [N in keyof Options]: Options[N] extends Option<K> ? N : never;
}[keyof Options];

export type OptionName = keyof Options;
export type Switch = Of<'switch'>;
export type Text = Of<'text'>;
export type List = Of<'list'>;

/** The table with a simpler type. */
export const table: Readonly<Record<OptionName, Option>> = options;

export const optionNames = Object.keys(options) as readonly OptionName[];

/** The names of the options of one kind. */
export const switches = namesOf('switch') as readonly Switch[];
export const textNames = namesOf('text') as readonly Text[];
export const listNames = namesOf('list') as readonly List[];

function namesOf(kind: Kind): readonly OptionName[] {
  return optionNames.filter((name) => table[name].kind === kind);
}

/** The option of each single letter. */
export const shortOptions: ReadonlyMap<string, OptionName> = new Map(
  optionNames.flatMap((name) => {
    const { short } = table[name];
    return short === undefined ? [] : [[short, name] as const];
  }),
);

const longOptions: ReadonlyMap<string, OptionName> = new Map(
  optionNames.flatMap((name) =>
    [name, ...(table[name].aliases ?? [])].map((spelling) => [spelling, name] as const),
  ),
);

/** The option of a long name; undefined for an unknown name. */
export function optionOf(name: string): OptionName | undefined {
  return longOptions.get(name);
}
