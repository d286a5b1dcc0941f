/** Converts commands from the shell form to the exec form. */
import type { Fix } from '../lint/rule.ts';
import type { Model } from '../model/model.ts';
import { isDefaultShell } from '../model/state.ts';
import type { Script } from '../shell/script.ts';
import type { Instruction } from '../syntax/tree.ts';
import { replace } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { t } from '../text/translated.ts';

/** Whether it starts the container with the default shell: not in a trigger, nor after SHELL. */
export function isPlainStart(model: Model, instruction: Instruction): boolean {
  if (instruction.onbuild === true) return false;
  if (instruction.kind !== 'CMD' && instruction.kind !== 'ENTRYPOINT') return false;
  return isDefaultShell(model.stateAt(instruction).shell);
}

/** A fix for a script of one simple command without shell syntax. */
export function asJson(script: Script | undefined, place: Span): Fix | undefined {
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
