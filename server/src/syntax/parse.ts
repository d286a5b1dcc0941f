import { readInstruction } from './instruction.ts';
import { HASH } from './characters.ts';
import { checkInstruction } from './check/instruction.ts';
import { checkOrder } from './check/order.ts';
import { readHead } from './directives.ts';
import {
  comment,
  lineEnd,
  nextBreak,
  checkLineLength,
  type Reader,
  readLine,
  skipSpace,
} from './lexer.ts';
import { unchangedPart } from './unchanged-part.ts';
import type { Dockerfile, Instruction } from './tree.ts';

/**
 * Parses any text as BuildKit does (frontend/dockerfile/parser/parser.go); what BuildKit refuses is in `errors`. Given
 * the tree of the text before a change, it reuses the instructions before the change as the same objects.
 */
export function parse(text: string, before?: Dockerfile): Dockerfile {
  const head = readHead(text);
  const { directives, escape } = head;
  const reusable = before?.escape === escape ? unchangedPart(before, text) : undefined;
  const reader: Reader = {
    document: text,
    escape,
    next: reusable?.next ?? head.next,
    comments: [...(reusable ?? head).comments],
    emptyContinuations: [...(reusable?.emptyContinuations ?? [])],
    errors: [...(reusable ?? head).errors],
  };
  const instructions: Instruction[] = [...(reusable?.instructions ?? [])];
  while (reader.next < text.length) {
    const from = reader.next;
    const eol = nextBreak(text, from);
    const end = lineEnd(text, from, eol);
    const start = skipSpace(text, from, end);
    if (start < end && text.charCodeAt(start) !== HASH) {
      instructions.push(readInstruction(reader, readLine(reader, start, eol)));
      continue;
    }
    checkLineLength(reader, from, eol);
    if (start < end) reader.comments.push(comment(text, start, end, false));
    reader.next = eol + 1;
  }
  const { comments, emptyContinuations, errors } = reader;
  for (let i = reusable?.instructions.length ?? 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    if (instruction) checkInstruction(instruction, errors);
  }
  checkOrder(text, instructions, errors);
  if (errors.length > 1) errors.sort((a, b) => a.span.start - b.span.start);
  return { text, escape, directives, comments, instructions, errors, emptyContinuations };
}
