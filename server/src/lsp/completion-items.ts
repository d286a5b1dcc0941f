/** Converts completions to the protocol. Values that all items share are sent once, if the client supports that. */
import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type InsertReplaceEdit,
  type MarkupContent,
  type Range,
  type TextEdit,
} from './protocol.ts';
import type { Completion, CompletionKind } from '../features/completion/item.ts';
import type { Client } from './client.ts';
import { toRange, type Placed } from './convert.ts';

/** The client lists the items in the given order, and asks again when more is typed if they are incomplete. */
export function toCompletions(
  document: Placed,
  items: readonly Completion[],
  client: Client,
  isIncomplete = false,
): CompletionItem[] | CompletionList {
  const first = items[0];
  if (first === undefined) return [];
  const places = placing(document, first, client);
  const digits = String(items.length - 1).length;
  const list = items.map((item, rank) => toItem(item, rank, { client, places, digits }));
  if (!client.sharesEditRange) return isIncomplete ? { isIncomplete, items: list } : list;
  return {
    isIncomplete,
    itemDefaults: { editRange: editRange(places.shared) },
    items: list,
  };
}

/** A text shown as Markdown. */
export function markdown(value: string): MarkupContent {
  return { kind: MarkupKind.Markdown, value };
}

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

/** What an item replaces: one range, or the range up to the cursor and the range of the whole word. */
interface Replaced {
  /** Up to the cursor, where a client may choose. */
  readonly insert: Range;
  /** Undefined where a client cannot replace words. */
  readonly replace: Range | undefined;
}

interface Places {
  /** The range of the first item, and usually of all. */
  readonly shared: Replaced;
  readonly of: (item: Completion) => Replaced;
}

function placing(document: Placed, first: Completion, client: Client): Places {
  const rangeOf = ({ span, wordEnd = span.end }: Completion): Replaced => {
    const range = toRange(document, span, client.encoding);
    if (!client.replacesWords) return { insert: range, replace: undefined };
    const replace =
      wordEnd === span.end ? range : toRange(document, { ...span, end: wordEnd }, client.encoding);
    return { insert: range, replace };
  };
  const shared = rangeOf(first);
  // A client that cannot replace words does not need their ends.
  const end = ({ wordEnd }: Completion): number | undefined =>
    client.replacesWords ? wordEnd : undefined;
  const isShared = (item: Completion): boolean =>
    end(item) === end(first) &&
    item.span.start === first.span.start &&
    item.span.end === first.span.end;
  return { shared, of: (item) => (isShared(item) ? shared : rangeOf(item)) };
}

interface ListContext {
  readonly client: Client;
  readonly places: Places;
  /** Number of digits of the greatest rank, since ranks are compared as strings. */
  readonly digits: number;
}

/** Properties that equal the default of the protocol are omitted. */
function toItem(item: Completion, rank: number, list: ListContext): CompletionItem {
  const { label, kind, insert, snippet, detail, filter, commit } = item;
  const { client } = list;
  const asSnippet = snippet && client.snippets;
  const newText = snippet && !asSnippet ? withoutPlaceholders(insert) : insert;
  return {
    label,
    kind: kinds[kind],
    sortText: String(rank).padStart(list.digits, '0'),
    ...replacement(item, newText, list),
    ...(filter !== undefined && filter !== label && { filterText: filter }),
    ...(asSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(detail !== undefined && { detail }),
    ...documentation(item, rank, client),
    ...(commit && { commitCharacters: [...commit] }),
    ...(item.isEndOfLife === true && client.marksEnded && { tags: [CompletionItemTag.Deprecated] }),
    ...(item.triggersCompletion === true && {
      command: { title: '', command: 'editor.action.triggerSuggest' },
    }),
  };
}

/** The text to insert if it is not the label, and its range if it is not the shared one. */
function replacement(
  item: Completion,
  newText: string,
  { client, places }: ListContext,
): Pick<CompletionItem, 'textEdit' | 'textEditText'> {
  const place = places.of(item);
  if (client.sharesEditRange && place === places.shared) {
    return newText === item.label ? {} : { textEditText: newText };
  }
  return { textEdit: edit(place, newText) };
}

function editRange({ insert, replace }: Replaced): Range | { insert: Range; replace: Range } {
  return replace ? { insert, replace } : insert;
}

function edit(place: Replaced, newText: string): TextEdit | InsertReplaceEdit {
  const { insert, replace } = place;
  return replace ? { insert, replace, newText } : { range: insert, newText };
}

/** Sent with the item unless the client resolves it on demand. */
function documentation(
  { markdown: make }: Completion,
  rank: number,
  client: Client,
): Pick<CompletionItem, 'data' | 'documentation'> {
  if (make === undefined) return {};
  return client.resolvesDocumentation ? { data: rank } : { documentation: markdown(make()) };
}

/** Replaces `${1:name}` by its text, `${1|a,b|}` by its first choice and `$0` by nothing. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:?((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([$}\\,|])/g, '$1');
}
