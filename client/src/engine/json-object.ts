/** Objects in JSON from outside, whose values may have any type. */

/** A JSON object; its values are not checked. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object and not an array or null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
