import { readInstruction } from './instruction.ts';
import { checkOrder } from './check/order.ts';
import { readHead } from './directives.ts';
import { nextLine } from './lexer.ts';
import { longFile, mostKept } from './long-file.ts';
import { unchangedPart } from './unchanged-part.ts';
import type { Dockerfile } from './tree.ts';

/**
 * Parses any text as BuildKit does (frontend/dockerfile/parser/parser.go); what BuildKit refuses is in `errors`. Given
 * the tree of the text before a change, it reuses the instructions before the change as the same objects. Of the
 * instructions, `kept` keep their parts; those of further ones are parsed when they are read.
 */
export function parse(text: string, before?: Dockerfile, kept = mostKept): Dockerfile {
  let reader = readHead(text);
  const { escape, directives } = reader;
  if (before?.escape === escape) reader = { ...reader, ...unchangedPart(before, text) };
  const { instructions, comments, emptyContinuations, errors, laterStart } = reader;
  while (laterStart === undefined && instructions.length < kept) {
    const line = nextLine(reader);
    if (line === undefined) break;
    instructions.push(readInstruction(reader, line));
  }
  if (laterStart !== undefined || reader.next < text.length)
    return longFile(reader, { directives, instructions, laterStart: laterStart ?? reader.next });
  if (instructions[0]?.kind !== 'FROM') checkOrder(text, instructions, errors);
  if (errors.length > 1) errors.sort((a, b) => a.span.start - b.span.start);
  return { text, escape, directives, comments, instructions, errors, emptyContinuations };
}
