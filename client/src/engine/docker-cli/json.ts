/** Reads JSON whose values may have any type. */
import { isObject, type Json } from '../json-object.ts';

/** A property of the object itself; a name in a file can be `constructor`. */
export function valueAt(json: Json, key: string): unknown {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}

/** A property that is an object; an empty object for anything else. */
export function objectAt(json: Json, key: string): Json {
  const value = valueAt(json, key);
  return isObject(value) ? value : {};
}

/** A property that is a text and not empty. */
export function textAt(json: Json, key: string): string | undefined {
  const value = valueAt(json, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Real files have less than ten levels; JSON.stringify fails with thousands. */
const mostLevels = 500;

/** The value of a JSON text; throws if it is not valid or has too many levels. */
export function parseJson(text: string): unknown {
  if (levelsOf(text) > mostLevels) throw new SyntaxError('too many levels');
  return JSON.parse(text) as unknown;
}

/** The greatest number of brackets that are open at once. */
function levelsOf(text: string): number {
  let level = 0;
  let most = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '[' || character === '{') most = Math.max(most, ++level);
    else if (character === ']' || character === '}') level--;
  }
  return most;
}
