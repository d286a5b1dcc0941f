import type { Run, Word } from '../tree.ts';
import { trouble, type SyntaxTrouble } from '../trouble.ts';
import { checkMount } from './mount.ts';
import { partSpans } from './word-parts.ts';

/** BuildKit commands_rundevice.go, ParseDevice. */
function checkDevice(value: Word, errors: SyntaxTrouble[]): void {
  let hasName = false;
  const spanOf = partSpans(value);
  let at = 0;
  for (const field of value.text.split(',')) {
    const span = spanOf(at, at + field.length);
    at += field.length + 1;
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const flagText = field.slice(equals + 1);
    if (key === 'required') {
      if (equals < 0 || /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(flagText))
        continue;
      errors.push(trouble('device-required', { span }, flagText));
    } else if (!hasName) hasName = true;
    else errors.push(trouble(key === 'name' ? 'duplicate-device' : 'device-key', { span }, field));
  }
}

/** BuildKit instructions/commands_run*.go. */
export function checkRun({ flags }: Run, errors: SyntaxTrouble[]): void {
  for (const { name, value } of flags) {
    if (!value) continue;
    if (name.text === 'mount') checkMount(value, errors);
    else if (name.text === 'device') checkDevice(value, errors);
    else if (name.text === 'network' && !['default', 'none', 'host'].includes(value.text)) {
      errors.push(trouble('network-mode', value, value.text));
    } else if (name.text === 'security' && !['sandbox', 'insecure'].includes(value.text)) {
      errors.push(trouble('security-mode', value, value.text));
    }
  }
}
