/** Lookup of reference data by name. */
import { instructions, mountTypes } from '../reference/instructions.ts';
import type {
  FlagInfo,
  InstructionInfo,
  MountOption,
  MountType,
} from '../reference/instructions.ts';
import { predefinedArguments, type BuildVariable } from '../reference/variables.ts';
import type { Kind } from '../syntax/tree.ts';

const byKeyword = new Map<string, InstructionInfo>(
  instructions.map((info) => [info.keyword, info]),
);
const byVariable = new Map(predefinedArguments.map((variable) => [variable.name, variable]));

export function instructionInfo(kind: Kind): InstructionInfo | undefined {
  return byKeyword.get(kind);
}

export function flagInfo(kind: Kind, name: string): FlagInfo | undefined {
  return instructionInfo(kind)?.flags.find((flag) => flag.name === name.toLowerCase());
}

export function predefined(name: string): BuildVariable | undefined {
  return byVariable.get(name);
}

/** One `key=value` of a mount with its place. */
export interface MountPart {
  readonly key: string;
  /** Undefined if there is no `=`. */
  readonly value: string | undefined;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** Splits the value of a mount, which starts at an offset. */
export function mountParts(value: string, offset: number): readonly MountPart[] {
  let start = offset;
  return value.split(',').map((part) => {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const mountPart = {
      key: key.trim().toLowerCase(),
      value: equals < 0 ? undefined : part.slice(equals + 1),
      start,
      valueStart: equals < 0 ? start + part.length : start + equals + 1,
      end: start + part.length,
    };
    start += part.length + 1;
    return mountPart;
  });
}

/** The type of a mount; the default is `bind`. */
export function mountTypeOf(parts: readonly MountPart[]): MountType | undefined {
  const typeName = parts.find(({ key }) => key === 'type')?.value ?? 'bind';
  return mountTypes.find(({ type }) => type === typeName);
}

export function mountOption(type: MountType | undefined, key: string): MountOption | undefined {
  return type?.options.find(({ name, aliases }) => name === key || aliases.includes(key));
}
