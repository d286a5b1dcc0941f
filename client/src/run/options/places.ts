/** Places in the create request, and conversions between values of options and values there, in both directions. */
import type {
  ContainerConfig,
  EndpointSettings,
  HostConfig,
  Integer,
  Pairs,
  Texts,
} from '../../engine/container-config.ts';
import { bytesOf, integerOf, pairsOf, pairTexts, sizeOf } from '../../command-line/values.ts';
import { mainNetwork, mainEndpoint } from './attachments.ts';
import type { Line, Place, Seen } from './option.ts';

/** Converts between the values of an option and one value of the request. */
export interface Codec<T> {
  readonly encode: (values: readonly string[], line: Line) => T | undefined;
  readonly decode: (value: T, seen: Seen) => readonly string[];
}

/** Whether the value is a default. */
export type Unasked<T> = (value: T, seen: Seen) => boolean;

/** A place in Config. */
export function config<K extends keyof ContainerConfig>(
  key: K,
  codec: Codec<NonNullable<ContainerConfig[K]>>,
  unasked: Unasked<NonNullable<ContainerConfig[K]>> = () => false,
): Place {
  return {
    write: (values, line) => ({ config: valued(key, encoded(codec, values, line)) }),
    read: (seen) => decoded(codec, seen.container.config[key], { seen, unasked }),
  };
}

/** A place in HostConfig. */
export function host<K extends keyof HostConfig>(
  key: K,
  codec: Codec<NonNullable<HostConfig[K]>>,
  unasked: Unasked<NonNullable<HostConfig[K]>> = () => false,
): Place {
  return {
    write: (values, line) => ({ host: valued(key, encoded(codec, values, line)) }),
    read: (seen) => decoded(codec, seen.container.host[key], { seen, unasked }),
  };
}

/** A place in the settings of the first network. */
export function endpoint<K extends keyof EndpointSettings>(
  key: K,
  codec: Codec<NonNullable<EndpointSettings[K]>>,
  unasked: Unasked<NonNullable<EndpointSettings[K]>> = () => false,
): Place {
  return {
    write: (values, line) => {
      const value = encoded(codec, values, line);
      if (value === undefined) return {};
      return { endpoints: { [mainNetwork(line)]: valued(key, value) } };
    },
    read: (seen) => decoded(codec, mainEndpoint(seen.container)[key], { seen, unasked }),
  };
}

function encoded<T>(codec: Codec<T>, values: readonly string[], line: Line): T | undefined {
  return values.length === 0 ? undefined : codec.encode(values, line);
}

function decoded<T>(
  codec: Codec<NonNullable<T>>,
  value: T,
  { seen, unasked }: { readonly seen: Seen; readonly unasked: Unasked<NonNullable<T>> },
): readonly string[] {
  return value === undefined || value === null || unasked(value, seen)
    ? []
    : codec.decode(value, seen);
}

/** An object with the property, or without it if it has no value. */
function valued<T, K extends keyof T>(key: K, value: T[K] | undefined): T {
  return (value === undefined ? {} : { [key]: value }) as T;
}

/** A text; empty means none. */
export const plain: Codec<string> = {
  encode: (values) => values.at(-1) || undefined,
  decode: (value) => (value === '' ? [] : [value]),
};

export const yes: Codec<boolean> = {
  encode: (values) => values.at(-1) === 'true' || undefined,
  decode: (value) => (value ? ['true'] : []),
};

/** A number; 0 means none. */
export const count: Codec<Integer> = {
  encode: (values) => {
    const value = integerOf(values.at(-1) ?? '');
    return value === 0 ? undefined : value;
  },
  decode: (value) => (BigInt(value) === 0n ? [] : [String(value)]),
};

/** A number; 0 is a value. */
export const number: Codec<Integer> = {
  encode: (values) => integerOf(values.at(-1) ?? ''),
  decode: (value) => [String(value)],
};

/** Bytes; 0 means none. */
export const size: Codec<Integer> = {
  encode: (values) => bytesOf(values.at(-1) ?? '') || undefined,
  decode: (value) => (BigInt(value) <= 0n ? [] : [sizeOf(value)]),
};

export const texts: Codec<Texts> = {
  encode: (values) => values,
  decode: (value) => value,
};

/** A map from `key=value` texts. */
export const pairs: Codec<Pairs> = {
  encode: pairsOf,
  decode: pairTexts,
};

/** A list with converted texts. */
export function each<T>(
  encode: (value: string) => T | undefined,
  decode: (value: T) => string,
): Codec<readonly T[]> {
  return {
    encode: (values) =>
      values.flatMap((value) => {
        const one = encode(value);
        return one === undefined ? [] : [one];
      }),
    decode: (value) => value.map(decode),
  };
}
