import { readInstruction } from './build.ts';
import { HASH } from './characters.ts';
import { checkInstruction } from './check/instruction.ts';
import { checkOrder } from './check/order.ts';
import { readHead } from './directives.ts';
import {
  comment,
  lineEnd,
  nextBreak,
  noteLength,
  type Reading,
  readLine,
  skipSpace,
} from './lexer.ts';
import { standing } from './standing.ts';
import type { Dockerfile, Instruction } from './tree.ts';

/**
 * Parses any text as BuildKit does (frontend/dockerfile/parser/parser.go); what BuildKit refuses is in `errors`. Given
 * the tree of the text before a change, it reuses the instructions before the change as the same objects.
 */
export function parse(text: string, before?: Dockerfile): Dockerfile {
  const head = readHead(text);
  const { directives, escape } = head;
  const kept = before?.escape === escape ? standing(before, text) : undefined;
  const reading: Reading = {
    document: text,
    escape,
    next: kept?.next ?? head.next,
    comments: [...(kept ?? head).comments],
    emptyContinuations: [...(kept?.emptyContinuations ?? [])],
    errors: [...(kept ?? head).errors],
  };
  const instructions: Instruction[] = [...(kept?.instructions ?? [])];
  while (reading.next < text.length) {
    const from = reading.next;
    const eol = nextBreak(text, from);
    const end = lineEnd(text, from, eol);
    const start = skipSpace(text, from, end);
    if (start < end && text.charCodeAt(start) !== HASH) {
      instructions.push(readInstruction(reading, readLine(reading, start, eol)));
      continue;
    }
    noteLength(reading, from, eol);
    if (start < end) reading.comments.push(comment(text, start, end, false));
    reading.next = eol + 1;
  }
  const { comments, emptyContinuations, errors } = reading;
  for (let i = kept?.instructions.length ?? 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    if (instruction) checkInstruction(instruction, errors);
  }
  checkOrder(text, instructions, errors);
  if (errors.length > 1) errors.sort((a, b) => a.span.start - b.span.start);
  return { text, escape, directives, comments, instructions, errors, emptyContinuations };
}
