/**
 * The options of `docker build`, one entry each: its names, the syntax of its values, its part of the request, its field in the
 * form, and its text in the schema of tasks. They are the options of buildx 0.36 and of the classic builder of docker 28.5.
 */
import { imageOptions, labelOptions } from './image.ts';
import { limitOptions } from './limits.ts';
import { lineOptions } from './line-only.ts';
import { networkOptions } from './network.ts';
import type { Option } from './option.ts';
import { attestationOptions, outputOptions } from './output.ts';
import { cacheOptions, platformOptions } from './platforms.ts';
import { secretOptions } from './secrets.ts';

/** In the order of printed commands. */
const options = {
  ...imageOptions,
  ...platformOptions,
  ...cacheOptions,
  ...secretOptions,
  ...outputOptions,
  ...attestationOptions,
  ...networkOptions,
  ...limitOptions,
  ...labelOptions,
  ...lineOptions,
};

export type OptionName = keyof typeof options;

/** The table with a simpler type. */
export const table: Readonly<Record<OptionName, Option>> = options;

export const optionNames = Object.keys(options) as readonly OptionName[];

/** The option of each single letter. */
export const shortOptions: ReadonlyMap<string, OptionName> = new Map(
  optionNames.flatMap((name) => {
    const { short } = table[name];
    return short === undefined ? [] : [[short, name] as const];
  }),
);

/** The option of a long name; undefined for an unknown name. */
export function optionOf(name: string): OptionName | undefined {
  return Object.hasOwn(options, name) ? (name as OptionName) : undefined;
}
