/** Chains and pipelines, which have the same syntax in cmd and PowerShell. */
import { hull } from './spans.ts';
import type { Chain, Statement } from './script.ts';
import type { Source } from './source.ts';

/** The state of parsing a script from left to right. */
export interface Reader {
  readonly source: Source;
  at: number;
  depth: number;
}

export interface Spelling {
  /** Skips whitespace between words, including line continuations. */
  readonly blanks: (reader: Reader) => void;
  readonly command: (reader: Reader) => Statement | undefined;
  /** Whether a pipeline continues on the next line if a line ends with `|`. */
  readonly pipesRunOn: boolean;
}

/** Returns a parser of commands joined by `|`, `&&` and `||`; it returns undefined if no command begins. */
export function chaining({ blanks, command, pipesRunOn }: Spelling) {
  return (reader: Reader): Statement | undefined => {
    const { source } = reader;
    const first = pipeline(reader);
    if (first === undefined) return undefined;
    const parts = [first];
    const operators: Chain['operators'][number][] = [];
    for (;;) {
      blanks(reader);
      const at = reader.at;
      const text = source.text.slice(at, at + 2);
      if (text !== '&&' && text !== '||') break;
      reader.at += 2;
      skipLines(reader);
      const next = pipeline(reader);
      if (next === undefined) break;
      operators.push({ text, span: source.span(at, at + 2) });
      parts.push(next);
    }
    return parts.length === 1 ? first : { kind: 'chain', span: hull(parts), parts, operators };
  };

  function pipeline(reader: Reader): Statement | undefined {
    const { text } = reader.source;
    const first = command(reader);
    if (first === undefined) return undefined;
    const parts = [first];
    for (;;) {
      blanks(reader);
      if (text[reader.at] !== '|' || text[reader.at + 1] === '|') break;
      reader.at++;
      if (pipesRunOn) skipLines(reader);
      const next = command(reader);
      if (next) parts.push(next);
    }
    if (parts.length === 1) return first;
    return { kind: 'pipeline', span: hull(parts), parts, negated: false };
  }

  function skipLines(reader: Reader): void {
    blanks(reader);
    while (reader.source.text[reader.at] === '\n') {
      reader.at++;
      blanks(reader);
    }
  }
}
