/** `textDocument/semanticTokens`: full, delta and range. */
import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from './protocol.ts';
import type { Document } from '../model/document.ts';
import type { SemanticToken, TokenType } from '../features/painting.ts';
import { semanticTokens as semanticTokensIn } from '../features/semantic-tokens.ts';
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

const numbers = new Map(Object.keys(types).map((type, index) => [type, index]));

export const semanticTokens: Feature = {
  capability: {
    semanticTokensProvider: {
      legend: { tokenTypes: Object.values(types), tokenModifiers: ['declaration', 'script'] },
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
      const data = encoded(document, semanticTokensIn(document), client.encoding);
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
          const tokens = semanticTokensIn(document, within);
          return { data: encoded(document, tokens, client.encoding) };
        },
      ),
    );
  },
};

/** Five numbers per token; positions are relative to the previous token. */
function encoded(
  { text, lines }: Document,
  tokens: readonly SemanticToken[],
  encoding: Encoding,
): number[] {
  const length = (start: number, end: number): number =>
    encoding === 'utf-16' ? end - start : utf8Length(text.slice(start, end));
  const data: number[] = [];
  let line = 0;
  let from = 0;
  for (const { span, type, defines, inScript } of tokens) {
    const position = lines.positionAt(span.start);
    // On the same line, only the text between the two tokens is measured.
    if (position.line !== line) from = span.start - position.character;
    data.push(
      position.line - line,
      length(from, span.start),
      length(span.start, span.end),
      numbers.get(type) ?? 0,
      (defines === true ? 1 : 0) + (inScript === true ? 2 : 0),
    );
    line = position.line;
    from = span.start;
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
