import { type FlagInfo, instructionInfo } from '../../reference/instructions.ts';
import type { Flag, Instruction } from '../tree.ts';
import { trouble, type SyntaxTrouble } from '../trouble.ts';
import { checkRun } from './run.ts';
import { keywordOf } from './word-parts.ts';

/** BuildKit does not parse flags of these instructions, so it does not report them either. */
const kindsWithoutFlags: ReadonlySet<string> = new Set(['ARG', 'STOPSIGNAL', 'unknown']);

function checkFlag(flag: Flag, info: FlagInfo): SyntaxTrouble | undefined {
  const { name, value } = flag;
  if (info.value !== 'boolean') {
    return value ? undefined : trouble('flag-without-value', flag, name.text);
  }
  if (value === undefined) return undefined;
  if (value.text === '') return trouble('flag-without-value', flag, name.text);
  if (/^(?:true|false)$/i.test(value.text)) return undefined;
  return trouble('flag-not-boolean', value, name.text, value.text);
}

/**
 * Reports unknown flags, duplicate flags and missing values (BuildKit instructions/bflag.go), and what BuildKit refuses
 * in the values of flags of COPY and RUN.
 */
export function checkFlags(instruction: Instruction, errors: SyntaxTrouble[]): void {
  const { flags, kind } = instruction;
  if (kindsWithoutFlags.has(kind)) return;
  if (kind === 'RUN') checkRun(instruction, errors);
  if (kind === 'HEALTHCHECK' && instruction.type?.raw.toUpperCase() === 'NONE') return;
  const infos = instructionInfo(kind)?.flags ?? [];
  const seen = new Set<string>();
  for (let i = 0; i < flags.length; i++) {
    const flag = flags[i] as Flag;
    const name = flag.name.text;
    const info = infos.find((one) => one.name === name);
    if (info === undefined)
      errors.push(trouble('unknown-flag', flag, name, keywordOf(instruction)));
    else if (!info.repeatable && seen.has(name)) errors.push(trouble('duplicate-flag', flag, name));
    else {
      const error = checkFlag(flag, info);
      if (error) errors.push(error);
    }
    if (!info?.repeatable) seen.add(name);
    // It is not expanded (BuildKit convert.go).
    if (name === 'from' && kind === 'COPY' && flag.value?.text.includes('$'))
      errors.push(trouble('from-variable', flag.value, '--from'));
  }
}
