import { HASH, isSpace } from './characters.ts';
import type { Dockerfile, Instruction } from './tree.ts';

/**
 * Where BuildKit begins to read an instruction. This is above its keyword if the lines before it contain only the
 * escape character, which continues them (BuildKit frontend/dockerfile/parser/parser.go, Parse).
 */
export function instructionStart({ text, escape }: Dockerfile, { span }: Instruction): number {
  let from = span.start;
  let end = text.lastIndexOf('\n', span.start - 1);
  while (end > 0) {
    const begin = text.lastIndexOf('\n', end - 1) + 1;
    let at = begin;
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    if (at < end && text.charCodeAt(at) !== HASH) {
      if (text.slice(at, end).trimEnd() !== escape) break;
      from = at;
    }
    end = begin - 1;
  }
  return from;
}
