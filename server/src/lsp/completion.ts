/** `textDocument/completion`. */
import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionParams,
} from 'vscode-languageserver/node';
import type { Document } from '../document.ts';
import { completion } from '../features/completion/index.ts';
import type { Completion } from '../features/completion/item.ts';
import type { Client } from './client.ts';
import { toOffset, toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const completing: Feature = {
  capability: { completionProvider: { triggerCharacters: ['$', '{', '=', ',', '-'] } },
  attach: (connection, session) => {
    connection.onCompletion(
      guarded<CompletionParams, CompletionItem[]>(
        session.log,
        'textDocument/completion',
        [],
        async ({ textDocument: { uri }, position }) => {
          const document = session.document(uri);
          if (!document) return [];
          const offset = toOffset(document, position, session.client.encoding);
          const items = await completion(document, offset, session.outside);
          return items.map((item, rank) => toItem(document, item, rank, session.client));
        },
      ),
    );
  },
};

const kinds = {
  keyword: CompletionItemKind.Keyword,
  flag: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
  stage: CompletionItemKind.Class,
  image: CompletionItemKind.Module,
  path: CompletionItemKind.File,
  snippet: CompletionItemKind.Snippet,
  rule: CompletionItemKind.Reference,
} as const;

/** The order of our answer is the order in the list. */
function toItem(
  document: Document,
  item: Completion,
  rank: number,
  client: Client,
): CompletionItem {
  const { label, kind, span, insert, snippet, detail, markdown, again } = item;
  const range = toRange(document, span, client.encoding);
  const asSnippet = snippet && client.snippets;
  return {
    label,
    kind: kinds[kind],
    sortText: String(rank).padStart(5, '0'),
    filterText: label,
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText: snippet && !asSnippet ? withoutPlaceholders(insert) : insert },
    ...(detail !== undefined && { detail }),
    ...(markdown !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: markdown },
    }),
    ...(again === true && {
      command: { title: '', command: 'editor.action.triggerSuggest' },
    }),
  };
}

/** `${1:name}` becomes its text, `${1|a,b|}` its first choice, `$0` nothing. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:?((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([$}\\,|])/g, '$1');
}
