/** Completions as the protocol has them. What all items would say is said once where the client reads it there. */
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
import type { Document } from '../model/document.ts';
import type { Completion, CompletionKind } from '../features/completion/item.ts';
import type { Client } from './client.ts';
import { toRange } from './convert.ts';

/** The order of what is given is the order in the client's list. */
export function toCompletions(
  document: Document,
  items: readonly Completion[],
  client: Client,
): CompletionItem[] | CompletionList {
  const first = items[0];
  if (first === undefined) return [];
  const places = placing(document, first, client);
  const digits = String(items.length - 1).length;
  const list = items.map((item, rank) => toItem(item, rank, { client, places, digits }));
  if (!client.sharesEditRange) return list;
  return { isIncomplete: false, itemDefaults: { editRange: editRange(places.usual) }, items: list };
}

/** A text that the client shows as Markdown. */
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

/** What an item replaces: one place, or the one up to the cursor and that of the whole word. */
interface Replaced {
  /** Up to the cursor, where a client may choose. */
  readonly insert: Range;
  /** Undefined where a client cannot replace words. */
  readonly replace: Range | undefined;
}

interface Places {
  /** That of the first item, and mostly of all. */
  readonly usual: Replaced;
  readonly of: (item: Completion) => Replaced;
}

function placing(document: Document, first: Completion, client: Client): Places {
  const reckon = ({ span, until = span.end }: Completion): Replaced => {
    const range = toRange(document, span, client.encoding);
    if (!client.replacesWords) return { insert: range, replace: undefined };
    const replace =
      until === span.end ? range : toRange(document, { ...span, end: until }, client.encoding);
    return { insert: range, replace };
  };
  const usual = reckon(first);
  // A client that can not replace words is not told where they end.
  const end = ({ until }: Completion): number | undefined =>
    client.replacesWords ? until : undefined;
  const isUsual = (item: Completion): boolean =>
    end(item) === end(first) &&
    item.span.start === first.span.start &&
    item.span.end === first.span.end;
  return { usual, of: (item) => (isUsual(item) ? usual : reckon(item)) };
}

interface Surroundings {
  readonly client: Client;
  readonly places: Places;
  /** Of the greatest rank: ranks are compared as texts. */
  readonly digits: number;
}

/** What equals what the protocol takes for granted is left out. */
function toItem(item: Completion, rank: number, around: Surroundings): CompletionItem {
  const { label, kind, insert, snippet, detail, filter, commit } = item;
  const { client } = around;
  const asSnippet = snippet && client.snippets;
  const newText = snippet && !asSnippet ? withoutPlaceholders(insert) : insert;
  return {
    label,
    kind: kinds[kind],
    sortText: String(rank).padStart(around.digits, '0'),
    ...replacement(item, newText, around),
    ...(filter !== undefined && filter !== label && { filterText: filter }),
    ...(asSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(detail !== undefined && { detail }),
    ...documentation(item, rank, client),
    ...(commit && { commitCharacters: [...commit] }),
    ...(item.ended === true && client.marksEnded && { tags: [CompletionItemTag.Deprecated] }),
    ...(item.again === true && {
      command: { title: '', command: 'editor.action.triggerSuggest' },
    }),
  };
}

/** The text that is written, and where unless that was said for all; without a text it is the label. */
function replacement(
  item: Completion,
  newText: string,
  { client, places }: Surroundings,
): Pick<CompletionItem, 'textEdit' | 'textEditText'> {
  const place = places.of(item);
  if (client.sharesEditRange && place === places.usual) {
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
