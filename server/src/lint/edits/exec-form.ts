/** Converts commands from the shell form to the exec form. */
import type { Fix } from '../rule.ts';
import type { Script } from '../../shell/script.ts';
import { replace } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

/** A fix for a script of one simple command without shell syntax. */
export function convertToJson(script: Script | undefined, place: Span): Fix | undefined {
  const [statement, second] = script?.statements ?? [];
  if (statement?.kind !== 'command' || second !== undefined) return undefined;
  const { name, args, assignments, redirects } = statement;
  if (name === undefined || assignments.length > 0 || redirects.length > 0) return undefined;
  const words = [name, ...args];
  if (!words.every(({ literal, raw }) => literal && !/[*?~[\]{}]/.test(raw))) return undefined;
  if (['exec', 'cd', 'source', '.', 'export', 'eval'].includes(name.text)) return undefined;
  const json = `[${words.map(({ text }) => JSON.stringify(text)).join(', ')}]`;
  return { title: t('Convert to JSON array'), edits: [replace(place, json)], safe: false };
}
