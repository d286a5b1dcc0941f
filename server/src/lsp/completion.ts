/** `textDocument/completion` and `completionItem/resolve`. */
import {
  CompletionItemKind,
  CompletionItemTag,
  CompletionTriggerKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionParams,
  type Range,
} from './protocol.ts';
import type { Document } from '../document.ts';
import { completion } from '../features/completion/index.ts';
import type { Completion, CompletionKind } from '../features/completion/item.ts';
import type { Client } from './client.ts';
import { toOffset, toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const completing: Feature = {
  capability: {
    completionProvider: {
      triggerCharacters: ['$', '{', '=', ',', '-', ':', '/', '"', '#', ' '],
      resolveProvider: true,
    },
  },
  attach: (connection, session) => {
    // An editor resolves items of the list that it shows: the last one.
    let last: readonly Completion[] = [];
    connection.onCompletion(
      guarded<CompletionParams, CompletionItem[]>(
        session.log,
        'textDocument/completion',
        [],
        async ({ textDocument: { uri }, position, context }) => {
          const document = session.document(uri);
          if (!document) return [];
          const offset = toOffset(document, position, session.client.encoding);
          const blank =
            context?.triggerKind === CompletionTriggerKind.TriggerCharacter &&
            context.triggerCharacter === ' ';
          last = await completion(document, offset, session.outside, { blank });
          return toItems(document, last, session.client);
        },
      ),
    );
    connection.onCompletionResolve(
      guarded<CompletionItem, CompletionItem | undefined>(
        session.log,
        'completionItem/resolve',
        undefined,
        (item) => {
          const found = typeof item.data === 'number' ? last[item.data] : undefined;
          if (found?.label !== item.label || !found.markdown) return item;
          return { ...item, documentation: markdown(found.markdown()) };
        },
      ) as (item: CompletionItem) => Promise<CompletionItem>,
    );
  },
};

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  command: CompletionItemKind.Function,
  flag: CompletionItemKind.Property,
  folder: CompletionItemKind.Folder,
  image: CompletionItemKind.Module,
  keyword: CompletionItemKind.Keyword,
  label: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  package: CompletionItemKind.Module,
  path: CompletionItemKind.File,
  rule: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
  stage: CompletionItemKind.Class,
  tag: CompletionItemKind.Constant,
  user: CompletionItemKind.Constant,
  value: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
};

function markdown(value: string): {
  readonly kind: typeof MarkupKind.Markdown;
  readonly value: string;
} {
  return { kind: MarkupKind.Markdown, value };
}

/** Items mostly stand at the same few places, each of which is reckoned once. */
function toItems(
  document: Document,
  items: readonly Completion[],
  client: Client,
): CompletionItem[] {
  const ranges = new Map<string, Range>();
  const rangeOf = (start: number, end: number): Range => {
    const key = `${start}-${end}`;
    const range = ranges.get(key) ?? toRange(document, { start, end }, client.encoding);
    ranges.set(key, range);
    return range;
  };
  return items.map((item, rank) => toItem(item, rank, { client, rangeOf }));
}

interface Surroundings {
  readonly client: Client;
  readonly rangeOf: (start: number, end: number) => Range;
}

/** The order of our answer is the order in the list. */
function toItem(item: Completion, rank: number, { client, rangeOf }: Surroundings): CompletionItem {
  const { label, kind, span, insert, snippet, detail, filter, commit } = item;
  const asSnippet = snippet && client.snippets;
  const newText = snippet && !asSnippet ? withoutPlaceholders(insert) : insert;
  const range = rangeOf(span.start, span.end);
  return {
    label,
    kind: kinds[kind],
    sortText: String(rank).padStart(5, '0'),
    filterText: filter ?? label,
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: client.replacesWords
      ? { insert: range, replace: rangeOf(span.start, item.until ?? span.end), newText }
      : { range, newText },
    ...(detail !== undefined && { detail }),
    ...documentation(item, rank, client),
    ...(commit && { commitCharacters: [...commit] }),
    ...(item.ended === true && client.marksEnded && { tags: [CompletionItemTag.Deprecated] }),
    ...(item.again === true && {
      command: { title: '', command: 'editor.action.triggerSuggest' },
    }),
  };
}

/** What an editor does not ask for by itself must be there at once. */
function documentation(
  { markdown: make }: Completion,
  rank: number,
  client: Client,
): Pick<CompletionItem, 'data' | 'documentation'> {
  if (make === undefined) return {};
  return client.resolvesDocumentation ? { data: rank } : { documentation: markdown(make()) };
}

/** `${1:name}` becomes its text, `${1|a,b|}` its first choice, `$0` nothing. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:?((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([$}\\,|])/g, '$1');
}
