/** `type=registry,ref=…`: the values of --output, --cache-from and --cache-to, as buildx reads them. */
import { t } from '@vscode/l10n';
import type { BuildTarget } from '../../../../contract/build.ts';
import { fullPath } from '../../command-line/paths.ts';
import { createSyntax } from '../../command-line/syntax.ts';
import { fieldsOf, isFields, pairOf } from '../../command-line/values.ts';
import type { LineContext } from '../../command-line/words.ts';

/** The type and attributes of comma-separated fields; local paths are absolute. */
function targetOf(value: string, context: LineContext): BuildTarget {
  const pairs = fieldsOf(value).map((field) => {
    const [key, text = ''] = pairOf(field.trim());
    return [key.toLowerCase(), text] as const;
  });
  const { type = '', ...attributes } = Object.fromEntries(pairs) as Record<string, string>;
  const isLocal = /^(?:local|tar|oci|docker)$/.test(type);
  return {
    type,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([key, text]) => [
        key,
        isLocal && /^(?:src|dest)$/.test(key) && text !== '-' ? fullPath(text, context) : text,
      ]),
    ),
  };
}

/** A value without any field is the name of one or several images. */
export function cachesOf(values: readonly string[], context: LineContext): readonly BuildTarget[] {
  return values.flatMap((value) =>
    fieldsOf(value).every((field) => !field.includes('='))
      ? fieldsOf(value).map((ref) => ({ type: 'registry', attributes: { ref } }))
      : [targetOf(value, context)],
  );
}

/** A value without `type=` is a directory to write files to, or `-` for an archive on standard output. */
export function outputsOf(values: readonly string[], context: LineContext): readonly BuildTarget[] {
  return values.map((value) => {
    if (value === '-') return { type: 'tar', attributes: { dest: '-' } };
    if (!/(?:^|,)\s*type=/i.test(value)) {
      return { type: 'local', attributes: { dest: fullPath(value, context) } };
    }
    const { type, attributes } = targetOf(value, context);
    return type === 'registry'
      ? { type: 'image', attributes: { push: 'true', ...attributes } }
      : { type, attributes };
  });
}

export const cacheSyntax = createSyntax((value) => {
  if (!isFields(value)) return t('{0} has an unclosed quote', value);
  const fields = fieldsOf(value);
  if (fields.every((field) => !field.includes('='))) return undefined;
  return fieldsTrouble(value, fields);
});

export const outputSyntax = createSyntax((value) => {
  if (!isFields(value)) return t('{0} has an unclosed quote', value);
  return /(?:^|,)\s*type=/i.test(value) ? fieldsTrouble(value, fieldsOf(value)) : undefined;
});

function fieldsTrouble(value: string, fields: readonly string[]): string | undefined {
  const wrong = fields.find((field) => !field.includes('='));
  if (wrong !== undefined) return t('{0} must be of the form key=value', wrong);
  return fields.some((field) => /^\s*type=./i.test(field))
    ? undefined
    : t('{0} has no type', value);
}
