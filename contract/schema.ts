/** One declaration yields the type, the JSON schema and the reader of a setting or an option. */
export interface Schema<T> {
  readonly fallback: T;
  /** JSON schema, with description and default. */
  readonly json: object;
  /** The value where `raw` fits; undefined where it does not. */
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

export function choice<const T extends string>(
  values: readonly T[],
  fallback: NoInfer<T>,
  description: string,
): Schema<T> {
  return {
    fallback,
    json: { type: 'string', enum: values, default: fallback, markdownDescription: description },
    read: (raw) => values.find((value) => value === raw),
  };
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

/** Some of these values, each at most once, in an order that means something. */
export function several<const T extends string>(
  values: readonly T[],
  fallback: readonly NoInfer<T>[],
  description: string,
): Schema<readonly T[]> {
  return {
    fallback,
    json: {
      type: 'array',
      items: { enum: values },
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

/** An object from any name to one of these values. */
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

/** An object of known properties; what is missing or does not fit falls back, property by property. */
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
