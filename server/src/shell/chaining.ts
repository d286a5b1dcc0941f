/** Chains and pipelines, which have the same syntax in cmd and PowerShell. */
import { hull } from './hull.ts';
import type { Chain, Statement } from './script.ts';
import type { Source } from './source.ts';

/** The state of parsing a script from left to right. */
export interface Reading {
  readonly source: Source;
  at: number;
  depth: number;
}

export interface Spelling {
  /** Skips whitespace between words, including line continuations. */
  readonly blanks: (reading: Reading) => void;
  readonly command: (reading: Reading) => Statement | undefined;
  /** Whether a pipeline continues on the next line if a line ends with `|`. */
  readonly pipesRunOn: boolean;
}

/** Returns a parser of commands joined by `|`, `&&` and `||`; it returns undefined if no command begins. */
export function chaining({ blanks, command, pipesRunOn }: Spelling) {
  return (reading: Reading): Statement | undefined => {
    const { source } = reading;
    const first = pipeline(reading);
    if (first === undefined) return undefined;
    const parts = [first];
    const operators: Chain['operators'][number][] = [];
    for (;;) {
      blanks(reading);
      const at = reading.at;
      const text = source.text.slice(at, at + 2);
      if (text !== '&&' && text !== '||') break;
      reading.at += 2;
      skipLines(reading);
      const next = pipeline(reading);
      if (next === undefined) break;
      operators.push({ text, span: source.span(at, at + 2) });
      parts.push(next);
    }
    return parts.length === 1 ? first : { kind: 'chain', span: hull(parts), parts, operators };
  };

  function pipeline(reading: Reading): Statement | undefined {
    const { text } = reading.source;
    const first = command(reading);
    if (first === undefined) return undefined;
    const parts = [first];
    for (;;) {
      blanks(reading);
      if (text[reading.at] !== '|' || text[reading.at + 1] === '|') break;
      reading.at++;
      if (pipesRunOn) skipLines(reading);
      const next = command(reading);
      if (next) parts.push(next);
    }
    if (parts.length === 1) return first;
    return { kind: 'pipeline', span: hull(parts), parts, negated: false };
  }

  function skipLines(reading: Reading): void {
    blanks(reading);
    while (reading.source.text[reading.at] === '\n') {
      reading.at++;
      blanks(reading);
    }
  }
}
