/** Makes local paths in options absolute. */
import { fieldsOf, lineOf, pairOf } from '../command-line/values.ts';
import { fullPath } from '../command-line/paths.ts';
import type { LineContext } from '../command-line/words.ts';

/** A value of `-v` with an absolute source; unchanged without an open folder. */
export function absoluteVolume(value: string, context: LineContext): string {
  const found = /^([.~][^:]*)(:.*)$/s.exec(value);
  return found === null ? value : fullPath(found[1] ?? '', context) + (found[2] ?? '');
}

/** A value of `--mount` with an absolute source, if the source is a path. */
export function absoluteMount(value: string, context: LineContext): string {
  const fields = fieldsOf(value);
  const isBind = fields.some((field) => field.toLowerCase() === 'type=bind');
  if (!isBind) return value;
  return lineOf(
    fields.map((field) => {
      const [key, path] = pairOf(field);
      const isSource = /^(?:source|src)$/i.test(key);
      return isSource && path !== undefined ? `${key}=${fullPath(path, context)}` : field;
    }),
  );
}
