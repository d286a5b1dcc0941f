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
  const parts: MountPart[] = [];
  eachMountPart(value, offset, (place) => {
    parts.push(readPart(value, offset, place));
  });
  return parts;
}

function keyOf(value: string, offset: number, { start, equals }: MountPlace): string {
  return value
    .slice(start - offset, equals - offset)
    .trim()
    .toLowerCase();
}

function readPart(value: string, offset: number, place: MountPlace): MountPart {
  const { start, equals, end } = place;
  const hasValue = equals < end;
  return {
    key: keyOf(value, offset, place),
    value: hasValue ? value.slice(equals + 1 - offset, end - offset) : undefined,
    start,
    valueStart: hasValue ? equals + 1 : end,
    end,
  };
}

const mountKeys: ReadonlySet<string> = new Set(
  mountTypes.flatMap(({ options }) => options.flatMap(({ name, aliases }) => [name, ...aliases])),
);

/** The first part of each option that a mount can have, in order. A mount can have a megabyte of other parts. */
export function mountOptions(value: string, offset: number): readonly MountPart[] {
  const parts: MountPart[] = [];
  eachMountPart(value, offset, (place) => {
    const key = keyOf(value, offset, place);
    if ((key === 'type' || mountKeys.has(key)) && !parts.some((part) => part.key === key))
      parts.push(readPart(value, offset, place));
  });
  return parts;
}

/** The part after the last comma. */
export function lastMountPart(value: string, offset: number): MountPart {
  const start = value.lastIndexOf(',') + 1;
  const equals = value.indexOf('=', start);
  return readPart(value, offset, {
    start: offset + start,
    equals: offset + (equals < 0 ? value.length : equals),
    end: offset + value.length,
  });
}

/** The first part that a place touches. */
export function mountPartAt(value: string, offset: number, at: number): MountPart | undefined {
  let found: MountPart | undefined;
  eachMountPart(value, offset, (place) => {
    if (found === undefined && place.start <= at && at <= place.end)
      found = readPart(value, offset, place);
  });
  return found;
}

interface MountPlace {
  readonly start: number;
  /** The offset of `=`, or the end if there is none. */
  readonly equals: number;
  readonly end: number;
}

/** Calls a function with the place of each `key=value`, without reading them. */
export function eachMountPart(
  value: string,
  offset: number,
  visit: (place: MountPlace) => void,
): void {
  for (let start = 0; start <= value.length;) {
    let equals = -1;
    let end = start;
    for (; end < value.length && value.charCodeAt(end) !== COMMA; end++)
      if (equals < 0 && value.charCodeAt(end) === EQUALS) equals = end;
    visit({
      start: offset + start,
      equals: offset + (equals < 0 ? end : equals),
      end: offset + end,
    });
    start = end + 1;
  }
}

const COMMA = 44;
const EQUALS = 61;

/** The type of a mount; the default is `bind`. */
export function mountTypeOf(parts: readonly MountPart[]): MountType | undefined {
  const typeName = parts.find(({ key }) => key === 'type')?.value ?? 'bind';
  return mountTypes.find(({ type }) => type === typeName);
}

export function mountOption(type: MountType | undefined, key: string): MountOption | undefined {
  return type?.options.find(({ name, aliases }) => name === key || aliases.includes(key));
}
