import type { Run, SyntaxTrouble, Word } from '../tree.ts';
import { checkMount } from './mount.ts';
import { partOf, trouble } from './trouble.ts';

/** BuildKit commands_rundevice.go, ParseDevice. */
function* checkDevice(value: Word): Iterable<SyntaxTrouble> {
  let named = false;
  let at = 0;
  for (const field of value.text.split(',')) {
    const span = partOf(value, at, at + field.length);
    at += field.length + 1;
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const given = field.slice(equals + 1);
    if (key === 'required') {
      if (equals < 0 || /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(given)) continue;
      yield { code: 'device-required', values: [given], span };
    } else if (!named) named = true;
    else yield { code: key === 'name' ? 'device-twice' : 'device-key', values: [field], span };
  }
}

/** BuildKit instructions/commands_run*.go. */
export function* checkRun({ flags }: Run): Iterable<SyntaxTrouble> {
  for (const { name, value } of flags) {
    if (!value) continue;
    if (name.text === 'mount') yield* checkMount(value);
    else if (name.text === 'device') yield* checkDevice(value);
    else if (name.text === 'network' && !['default', 'none', 'host'].includes(value.text)) {
      yield trouble('network-mode', value, value.text);
    } else if (name.text === 'security' && !['sandbox', 'insecure'].includes(value.text)) {
      yield trouble('security-mode', value, value.text);
    }
  }
}
