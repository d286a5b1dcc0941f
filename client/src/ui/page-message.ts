/** Checks messages of pages, which are untrusted. */

type Check = (value: unknown) => boolean;

/** The member of the union with this kind. */
type OfKind<M, K> = M extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? M
    : never
  : never;

/** For each kind of message, a check of each of its other fields. */
type Checks<M extends { readonly kind: string }> = {
  readonly [K in M['kind']]: Readonly<Record<Exclude<keyof OfKind<M, K>, 'kind'>, Check>>;
};

/** Whether a message has one of the kinds, and fields that pass their checks. Other fields are ignored. */
export function messageCheck<M extends { readonly kind: string }>(
  checks: Checks<M>,
): (message: unknown) => message is M {
  const fields = new Map<unknown, readonly (readonly [string, Check])[]>(
    Object.entries<Readonly<Record<string, Check>>>(checks).map(([kind, of]) => [
      kind,
      Object.entries(of),
    ]),
  );
  return (message): message is M => {
    if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
    const values = message as Readonly<Record<string, unknown>>;
    return fields.get(message.kind)?.every(([name, check]) => check(values[name])) ?? false;
  };
}

export const isBoolean: Check = (value) => typeof value === 'boolean';
export const isNumber: Check = (value) => typeof value === 'number';
/** An integer from 0 that is exact. */
export const isIndex: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isText: Check = (value) => typeof value === 'string';

/** A text of at most this length: longer ones are not typed by a person. */
export const isTextUpTo =
  (length: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= length;

export const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const isOneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    choices.includes(value as string);
