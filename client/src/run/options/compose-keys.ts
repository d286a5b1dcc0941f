/** Common conversions of an option to a key of a compose service. */
import { integerOf, pairsOf } from '../../command-line/values.ts';
import type { Compose, ComposeLine, Yaml } from './option.ts';

/** The value as text. */
export function key(name: string): Compose {
  return one(name, (value) => value);
}

/** The value as a number. */
export function numeric(name: string): Compose {
  return one(name, (value) => integerOf(value) ?? Number(value));
}

/** One converted value. */
export function one(name: string, convert: (value: string, line: ComposeLine) => unknown): Compose {
  return (values, line) => ({ service: { [name]: convert(values.at(-1) ?? '', line) } });
}

/** All values without duplicates, which most lists of compose refuse. */
export function each(name: string, convert = (value: string): unknown => value): Compose {
  return (values) => ({ service: { [name]: [...new Set(values)].map(convert) } });
}

/** `key=value` texts as a map. */
export function map(name: string): Compose {
  return (values) => ({ service: { [name]: pairsOf(values) } });
}

export function on(name: string): Compose {
  return (values) => ({ service: { [name]: values.at(-1) === 'true' } });
}

/** Nothing: compose does it by default, or the option concerns only the terminal of `docker run`. */
export const notNeeded: Compose = () => ({});

/** `./data` for a path in the folder of the compose file. */
export function relative(path: string, folder: string | undefined): string {
  if (folder === undefined) return path;
  if (path === folder) return '.';
  const below = path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length));
  return below ? `.${path.slice(folder.length).replaceAll('\\', '/')}` : path;
}

/** Doubles dollar signs, which start variables in compose files. */
export function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Yaml);
  return Object.fromEntries(entries.map(([name, inner]) => [name, escaped(inner)]));
}
