/** One declaration gives the type, the JSON schema and the reader of a setting or a rule option. */
export interface Schema<T> {
  readonly fallback: T;
  /** JSON schema with description and default. */
  readonly json: object;
  /** The value if `raw` is valid, otherwise undefined. */
  read(raw: unknown): T | undefined;
}

export type TypeOf<S> = S extends Schema<infer T> ? T : never;

export function boolean(fallback: boolean, description: string): Schema<boolean> {
  return {
    fallback,
    json: { type: 'boolean', default: fallback, markdownDescription: description },
    read: (raw) => (typeof raw === 'boolean' ? raw : undefined),
  };
}

export function text(fallback: string, description: string): Schema<string> {
  return {
    fallback,
    json: { type: 'string', default: fallback, markdownDescription: description },
    read: (raw) => (typeof raw === 'string' ? raw : undefined),
  };
}

/** A whole number within bounds, both included. */
export function integer(
  fallback: number,
  bounds: { readonly minimum: number; readonly maximum?: number },
  description: string,
): Schema<number> {
  const { minimum, maximum = Number.MAX_SAFE_INTEGER } = bounds;
  return {
    fallback,
    json: { type: 'integer', default: fallback, ...bounds, markdownDescription: description },
    read: (raw) =>
      typeof raw === 'number' && Number.isInteger(raw) && raw >= minimum && raw <= maximum
        ? raw
        : undefined,
  };
}

/** One of some values; `meanings` gives each value with its description. */
export function choice<const T extends string>(
  meanings: Readonly<Record<T, string>>,
  fallback: NoInfer<T>,
  description: string,
): Schema<T> {
  const values = keysOf(meanings);
  return {
    fallback,
    json: {
      type: 'string',
      ...described(meanings),
      default: fallback,
      markdownDescription: description,
    },
    read: (raw) => values.find((value) => value === raw),
  };
}

/** The values of an enumeration and their descriptions, as VS Code shows them in the settings editor. */
function described(meanings: Readonly<Record<string, string>>): object {
  return { enum: Object.keys(meanings), markdownEnumDescriptions: Object.values(meanings) };
}

function keysOf<T extends string>(meanings: Readonly<Record<T, string>>): readonly T[] {
  return Object.keys(meanings) as T[];
}

export function texts(fallback: readonly string[], description: string): Schema<readonly string[]> {
  return {
    fallback,
    json: {
      type: 'array',
      items: { type: 'string' },
      default: fallback,
      markdownDescription: description,
    },
    read: (raw) =>
      Array.isArray(raw) && raw.every((item): item is string => typeof item === 'string')
        ? raw
        : undefined,
  };
}

/** An ordered list of some values, each at most once; `meanings` gives each value with its description. */
export function several<const T extends string>(
  meanings: Readonly<Record<T, string>>,
  fallback: readonly NoInfer<T>[],
  description: string,
): Schema<readonly T[]> {
  const values = keysOf(meanings);
  return {
    fallback,
    json: {
      type: 'array',
      items: described(meanings),
      uniqueItems: true,
      default: fallback,
      markdownDescription: description,
    },
    read: (raw) =>
      Array.isArray(raw)
        ? [...new Set(raw)].flatMap((item) => values.find((value) => value === item) ?? [])
        : undefined,
  };
}

/** An object whose keys are any names and whose values are some of `values`. */
export function choices<const T extends string>(
  values: readonly T[],
  description: string,
): Schema<Readonly<Record<string, T>>> {
  return {
    fallback: {},
    json: {
      type: 'object',
      additionalProperties: { enum: values },
      default: {},
      markdownDescription: description,
    },
    read: (raw) => {
      if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
      const chosen: Record<string, T> = {};
      for (const [name, given] of Object.entries(raw)) {
        const value = values.find((one) => one === given);
        if (value === undefined) return undefined;
        chosen[name] = value;
      }
      return chosen;
    },
  };
}

/** An object with known properties; a property that is missing or invalid gets its own fallback. */
export function object<P extends Record<string, Schema<unknown>>>(
  properties: P,
): Schema<{ readonly [K in keyof P]: TypeOf<P[K]> }> {
  type Value = { readonly [K in keyof P]: TypeOf<P[K]> };
  const map = (value: (key: string, schema: Schema<unknown>) => unknown): Value =>
    Object.fromEntries(
      Object.entries(properties).map(([key, schema]) => [key, value(key, schema)]),
    ) as Value;
  const fallback = map((_, schema) => schema.fallback);
  return {
    fallback,
    json: {
      type: 'object',
      properties: map((_, schema) => schema.json),
      additionalProperties: false,
    },
    read: (raw) =>
      typeof raw === 'object' && raw !== null && !Array.isArray(raw)
        ? map((key, schema) => {
            const given = (raw as Record<string, unknown>)[key];
            return given === undefined ? schema.fallback : (schema.read(given) ?? schema.fallback);
          })
        : undefined,
  };
}
