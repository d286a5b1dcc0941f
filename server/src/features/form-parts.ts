/** Finds the form of an instruction that is being written, and the parameter at a place. */
import type { Document } from '../model/document.ts';
import type { Assign, From, Instruction, InstructionOf } from '../syntax/tree.ts';
import { contains } from '../text/span.ts';
import { instructionInfo } from './facts.ts';

/** Indexes in the list of forms and in the parameters of the form. */
export interface FormPart {
  readonly form: number;
  readonly parameter: number | undefined;
}

/** The parameter at a place after the keyword and outside flags; undefined where nothing more may follow. */
export function partAt(
  { text }: Document,
  instruction: Instruction,
  offset: number,
): FormPart | undefined {
  const start = instruction.flags.at(-1)?.span.end ?? instruction.keyword.span.end;
  const typed = text.slice(start, offset);
  if (/^\s*\[/.test(typed)) {
    const array = inArray(instruction, text, typed, offset);
    if (array) return array;
    if (instruction.kind === 'SHELL') return undefined;
    if (instruction.kind === 'COPY' || instruction.kind === 'ADD') return { form: 0, parameter: 1 };
  }
  switch (instruction.kind) {
    case 'FROM':
      if (instruction.name && offset > instruction.name.span.end) return undefined;
      return { form: 0, parameter: fromPart(instruction, text, offset) };
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return assignPart(instruction, text, typed, offset);
    case 'EXPOSE':
      return { form: 0, parameter: /\/\S*$/.test(typed) ? 1 : 0 };
    case 'USER':
      return { form: 0, parameter: typed.includes(':') ? 1 : 0 };
    case 'COPY':
    case 'ADD':
      return { form: 0, parameter: isTarget(instruction, offset) ? 1 : 0 };
    case 'HEALTHCHECK':
      return healthPart(instruction, offset);
    case 'RUN': {
      const inDelimiter =
        instruction.heredocs.some(({ span }) => contains(span, offset)) ||
        /(?:^|\s)<<-?["']?[\w.-]*$/.test(typed);
      return { form: inDelimiter ? formWith(instruction, '<<') : 0, parameter: 0 };
    }
    case 'CMD':
    case 'ENTRYPOINT':
      return typed.trim() === ''
        ? { form: 0, parameter: 0 }
        : { form: formWith(instruction, '<command>'), parameter: 0 };
    default:
      return { form: 0, parameter: 0 };
  }
}

/** The index of the first form that contains a text. */
function formWith({ kind }: Instruction, part: string): number {
  const forms = instructionInfo(kind)?.forms ?? [];
  return Math.max(
    0,
    forms.findIndex(({ label }) => label.includes(part)),
  );
}

const stringsInArray = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)/g;

/**
 * Counts the commas before the cursor, except those in quotes. Undefined after the array: more words there make it a
 * line of words.
 */
function inArray(
  instruction: Instruction,
  text: string,
  typed: string,
  offset: number,
): FormPart | undefined {
  const form = formWith(instruction, '["');
  const marks = typed.replace(stringsInArray, '');
  if (instruction.kind === 'HEALTHCHECK') return healthPart(instruction, offset);
  if (/\]\s/.test(marks)) return undefined;
  if (marks.includes(']')) return { form, parameter: undefined };
  const commas = marks.split(',').length - 1;
  const last = (instructionInfo(instruction.kind)?.forms[form]?.parameters.length ?? 1) - 1;
  if (instruction.kind === 'COPY' || instruction.kind === 'ADD') {
    const start = offset - typed.length;
    // Strings keep their length, because the cursor may be in one of them.
    const all = text.slice(start, instruction.span.end).replace(stringsInArray, (it) => '_'.repeat(it.length)); // prettier-ignore
    const hasNext = /,\s*[^\s\]]/.test(all.slice(typed.length));
    return { form, parameter: commas > 0 && !hasNext ? 1 : 0 };
  }
  return { form, parameter: Math.min(commas, last) };
}

/** Parameters of `[--platform=<platform>] <image>[:<tag>|@<digest>] [AS <name>]`. */
function fromPart({ image, as }: From, text: string, offset: number): number | undefined {
  if (!image || offset <= image.span.end) {
    const typed = image ? text.slice(image.span.start, offset) : '';
    if (typed.includes('@')) return 3;
    return /:[^/]*$/.test(typed) ? 2 : 1;
  }
  return as && offset > as.span.end ? 4 : undefined;
}

/** The value follows `=`; without one, ENV has its legacy form. */
function assignPart(
  { kind, pairs }: Assign,
  text: string,
  typed: string,
  offset: number,
): FormPart {
  const pair = pairs.findLast(({ span }) => span.start <= offset);
  if (!pair) return { form: 0, parameter: 0 };
  // After a name alone, `=` is still expected; with a space or value after it, the form is legacy.
  const isKeyComplete = offset > pair.key.span.end || pair.value !== undefined;
  const legacy =
    kind !== 'ARG' && isKeyComplete && (pair.legacy || (!pair.value && /\S\s+$/.test(typed)));
  if (legacy)
    return { form: kind === 'ENV' ? 1 : 0, parameter: offset > pair.key.span.end ? 1 : 0 };
  // After a space, the next pair starts. The `=` may follow on the next line.
  const isInValue =
    offset <= pair.span.end && text.slice(pair.key.span.end, offset).trimStart().includes('=');
  return { form: 0, parameter: isInValue ? 1 : 0 };
}

/** The last of several words, or a new word after the first. */
function isTarget(
  { words }: InstructionOf<'COPY'> | InstructionOf<'ADD'>,
  offset: number,
): boolean {
  const before = words.filter(({ span }) => span.end < offset).length;
  const behind = words.filter(({ span }) => span.start > offset).length;
  return before > 0 && behind === 0;
}

function healthPart({ type }: InstructionOf<'HEALTHCHECK'>, offset: number): FormPart {
  if (type?.text.toUpperCase() === 'NONE') return { form: 1, parameter: undefined };
  return { form: 0, parameter: type && offset > type.span.end ? 0 : undefined };
}
