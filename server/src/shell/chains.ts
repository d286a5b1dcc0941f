/** Chains and pipelines, which have the same syntax in cmd and PowerShell. */
import { spanOfNodes } from './spans.ts';
import type { Chain, Statement } from './script.ts';
import type { Source } from './source.ts';

/** The state of parsing a script from left to right. */
export interface Reader {
  readonly source: Source;
  at: number;
  depth: number;
}

export interface ChainSyntax {
  /** Skips whitespace between words, including line continuations. */
  readonly skipSpace: (reader: Reader) => void;
  readonly readCommand: (reader: Reader) => Statement | undefined;
  /** Whether a pipeline continues on the next line if a line ends with `|`. */
  readonly pipesContinue: boolean;
}

/** Returns a parser of commands joined by `|`, `&&` and `||`; it returns undefined if no command begins. */
export function chainReader({ skipSpace, readCommand, pipesContinue }: ChainSyntax) {
  return (reader: Reader): Statement | undefined => {
    const { source } = reader;
    const first = readPipeline(reader);
    if (first === undefined) return undefined;
    const parts = [first];
    const operators: Chain['operators'][number][] = [];
    for (;;) {
      skipSpace(reader);
      const at = reader.at;
      const sign = source.text[at];
      if ((sign !== '&' && sign !== '|') || source.text[at + 1] !== sign) break;
      const text = sign === '&' ? '&&' : '||';
      reader.at += 2;
      skipLines(reader);
      const next = readPipeline(reader);
      if (next === undefined) break;
      operators.push({ text, span: source.span(at, at + 2) });
      parts.push(next);
    }
    return parts.length === 1
      ? first
      : { kind: 'chain', span: spanOfNodes(parts), parts, operators };
  };

  function readPipeline(reader: Reader): Statement | undefined {
    const { text } = reader.source;
    const first = readCommand(reader);
    if (first === undefined) return undefined;
    const parts = [first];
    for (;;) {
      skipSpace(reader);
      if (text[reader.at] !== '|' || text[reader.at + 1] === '|') break;
      reader.at++;
      if (pipesContinue) skipLines(reader);
      const next = readCommand(reader);
      if (next) parts.push(next);
    }
    if (parts.length === 1) return first;
    return { kind: 'pipeline', span: spanOfNodes(parts), parts, negated: false };
  }

  function skipLines(reader: Reader): void {
    skipSpace(reader);
    while (reader.source.text[reader.at] === '\n') {
      reader.at++;
      skipSpace(reader);
    }
  }
}
