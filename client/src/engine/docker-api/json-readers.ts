/** Readers of JSON from an engine: each returns a value of its type, or undefined for anything else. */
import type { Integer } from '../container-config.ts';
import { isObject, type Json } from '../json-object.ts';

/** Engines and their versions differ in what they leave out, set to null or write in another type. */
export type Reader<T> = (value: unknown) => T | undefined;

export const text: Reader<string> = (value) => (typeof value === 'string' ? value : undefined);

export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

export const integer: Reader<Integer> = (value) =>
  typeof value === 'number' || typeof value === 'bigint' ? value : undefined;

/** A number that is not an identifier, so that the last digits of a large one do not matter. */
export const number: Reader<number> = (value) =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;

/** A list; entries of other types are left out. */
export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const read: T[] = [];
    for (const one of value as readonly unknown[]) {
      const readable = reader(one);
      if (readable !== undefined) read.push(readable);
    }
    return read;
  };
}

/** A list whose entries must all be readable. Go writes an empty list as null. */
export function every<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (value === null) return [];
    if (!Array.isArray(value)) return undefined;
    const read = value.map((one: unknown) => reader(one));
    return read.includes(undefined) ? undefined : (read as readonly T[]);
  };
}

/** An object with arbitrary names, such as labels. */
export function map<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isObject(value)) return undefined;
    const entries = Object.entries(value);
    // Each of a thousand containers has labels, which hardly ever need another object.
    if (entries.every(([, one]) => reader(one) === one))
      return value as Readonly<Record<string, T>>;
    const read = entries.map(([name, one]) => [name, reader(one)] as const);
    return Object.fromEntries(
      read.filter((pair): pair is readonly [string, T] => pair[1] !== undefined),
    );
  };
}

/** An object with known names; others are ignored. */
export type Shape<T> = { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> };

/** An object whose properties are left out if they cannot be read, apart from those in `required`. */
export function object<T extends object>(
  shape: Shape<T>,
  ...required: (keyof T & string)[]
): Reader<T> {
  const readers = Object.entries<Reader<unknown>>(shape);
  return (value) => {
    if (!isObject(value)) return undefined;
    const known: Record<string, unknown> = {};
    for (const [name, reader] of readers) {
      const one = reader(value[name]);
      if (one !== undefined) known[name] = one;
    }
    return required.every((name) => name in known) ? (known as T) : undefined;
  };
}

/** Any object, unread. */
export const anyObject: Reader<Json> = (value) => (isObject(value) ? value : undefined);

/** An object that is a set of names: `{"80/tcp": {}}`. */
export const keys: Reader<Readonly<Record<string, object>>> = (value) =>
  isObject(value) ? Object.fromEntries(Object.keys(value).map((name) => [name, {}])) : undefined;
