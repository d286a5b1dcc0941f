/** The usual ways in which an option becomes part of a compose service. */
import { integerOf, pairsOf } from '../values.ts';
import type { Compose, ComposeLine, Yaml } from './option.ts';

/** The text itself. */
export function key(name: string): Compose {
  return one(name, (value) => value);
}

/** A number where it is one. */
export function numeric(name: string): Compose {
  return one(name, (value) => integerOf(value) ?? Number(value));
}

/** One value, converted. */
export function one(name: string, convert: (value: string, line: ComposeLine) => unknown): Compose {
  return (values, line) => ({ service: { [name]: convert(values.at(-1) ?? '', line) } });
}

/** Each value once: most lists of compose must not repeat one. */
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

/** Compose does it by itself, or it concerns only the terminal that runs it. */
export const needless: Compose = () => ({});

/** `./data` for a path below the compose file. */
export function relative(path: string, folder: string | undefined): string {
  if (folder === undefined) return path;
  if (path === folder) return '.';
  const below = path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length));
  return below ? `.${path.slice(folder.length).replaceAll('\\', '/')}` : path;
}

/** A dollar sign begins a variable in compose files; two are one. */
export function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Yaml);
  return Object.fromEntries(entries.map(([name, inner]) => [name, escaped(inner)]));
}
