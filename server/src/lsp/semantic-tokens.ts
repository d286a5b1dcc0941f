/** `textDocument/semanticTokens`: full, delta and range. */
import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from './protocol.ts';
import type { Document } from '../model/document.ts';
import { tokenTypes, type TokenType } from '../features/marks.ts';
import { mostCharacters, tokensNear } from '../features/semantic-tokens.ts';
import type { Span } from '../text/span.ts';
import type { Encoding } from './client.ts';
import { toSpan, utf8Length } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

/** Our token types by the standard names of the protocol, which every theme supports. */
const types = {
  keyword: 'keyword',
  flag: 'parameter',
  stage: 'class',
  variable: 'variable',
  key: 'property',
  string: 'string',
  number: 'number',
  comment: 'comment',
  directive: 'macro',
  operator: 'operator',
  command: 'function',
} as const satisfies Record<TokenType, string>;

export const semanticTokens: Feature = {
  capability: {
    semanticTokensProvider: {
      legend: {
        tokenTypes: tokenTypes.map((type) => types[type]),
        tokenModifiers: ['declaration', 'script'],
      },
      full: { delta: true },
      range: true,
    },
  },
  attach: (connection, session) => {
    const { log, client } = session;
    const answers = new Map<string, SemanticTokens & { readonly resultId: string }>();
    let count = 0;
    const full = (uri: string): SemanticTokens => {
      const document = session.document(uri);
      if (!document) return { data: [] };
      const within = { start: 0, end: Math.min(document.text.length, mostCharacters) };
      const data = encoded(document, within, client.encoding);
      const answer = { resultId: String(++count), data };
      answers.set(uri, answer);
      return answer;
    };
    session.listen({ closed: (uri) => void answers.delete(uri) });
    const { semanticTokens: requests } = connection.languages;
    requests.on(
      guarded<SemanticTokensParams, SemanticTokens>(
        log,
        'textDocument/semanticTokens/full',
        { data: [] },
        ({ textDocument: { uri } }) => full(uri),
      ),
    );
    requests.onDelta(
      guarded<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>(
        log,
        'textDocument/semanticTokens/full/delta',
        { data: [] },
        ({ textDocument: { uri }, previousResultId }) => {
          const before = answers.get(uri);
          const now = full(uri);
          return before?.resultId === previousResultId ? delta(before.data, now) : now;
        },
      ),
    );
    requests.onRange(
      guarded<SemanticTokensRangeParams, SemanticTokens>(
        log,
        'textDocument/semanticTokens/range',
        { data: [] },
        ({ textDocument: { uri }, range }) => {
          const document = session.document(uri);
          if (!document) return { data: [] };
          const within = toSpan(document, range, client.encoding);
          return { data: encoded(document, within, client.encoding) };
        },
      ),
    );
  },
};

/** Five numbers per token; positions are relative to the previous token. The modifiers have the bits of `isDefinition` and `isInScript`. */
function encoded(document: Document, within: Span, encoding: Encoding): number[] {
  const { text, lines } = document;
  const length = (start: number, end: number): number =>
    encoding === 'utf-16' ? end - start : utf8Length(text.slice(start, end));
  const tokens = tokensNear(document, within);
  const data: number[] = [];
  let line = 0;
  let nextLine = lines.count > 1 ? lines.offsetAt({ line: 1, character: 0 }) : Infinity;
  let from = 0;
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.start(i);
    const end = tokens.end(i);
    if (end <= within.start || start >= within.end) continue;
    let down = 0;
    // On the same line, only the text between the two tokens is measured.
    if (start >= nextLine) {
      const position = lines.positionAt(start);
      down = position.line - line;
      ({ line } = position);
      from = start - position.character;
      nextLine =
        line + 1 < lines.count ? lines.offsetAt({ line: line + 1, character: 0 }) : Infinity;
    }
    data.push(down, length(from, start), length(start, end), tokens.type(i), tokens.modifiers(i));
    from = start;
  }
  return data;
}

/** One edit that replaces the part between the common beginning and the common end. */
function delta(before: readonly number[], { resultId, data }: SemanticTokens): SemanticTokensDelta {
  const shorter = Math.min(before.length, data.length);
  let start = 0;
  while (start < shorter && before[start] === data[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === data.at(-1 - same)) same++;
  const edit = {
    start,
    deleteCount: before.length - same - start,
    data: data.slice(start, data.length - same),
  };
  return {
    ...(resultId !== undefined && { resultId }),
    edits: edit.deleteCount > 0 || edit.data.length > 0 ? [edit] : [],
  };
}
