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
import type { Dockerfile, Instruction } from './tree.ts';

/** The tree of any text, read as BuildKit reads it (frontend/dockerfile/parser/parser.go); trouble is in `errors`. */
export function parse(text: string): Dockerfile {
  const head = readHead(text);
  const { directives, escape, next } = head;
  const reading: Reading = {
    document: text,
    escape,
    next,
    comments: [...head.comments],
    emptyContinuations: [],
    errors: [...head.errors],
  };
  const instructions: Instruction[] = [];
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
  for (const instruction of instructions) checkInstruction(instruction, errors);
  checkOrder(instructions, errors);
  if (errors.length > 1) errors.sort((a, b) => a.span.start - b.span.start);
  return { text, escape, directives, comments, instructions, errors, emptyContinuations };
}
