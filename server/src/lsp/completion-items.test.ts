/** Values that are sent once for all completions, or omitted because they are the default. */
import type { ClientCapabilities, CompletionItem, InitializeParams } from './protocol.ts';
import { Range } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { document } from '../model/document.ts';
import type { Completion } from '../features/completion/item.ts';
import { clientOf } from './client.ts';
import { toCompletions } from './completion-items.ts';

const text = 'FROM node AS build\nCOPY --from=bu /a /b\n';
const word = { start: text.indexOf('=bu') + 1, end: text.indexOf('=bu') + 3 };
const inserted = { start: { line: 1, character: 12 }, end: { line: 1, character: 14 } };

const items: readonly Completion[] = [
  { label: 'build', kind: 'stage', span: word, insert: 'build', snippet: false },
  { label: '0', kind: 'stage', span: word, insert: '0', snippet: false, filter: 'build 0' },
  { label: 'same', kind: 'stage', span: word, insert: 'same', snippet: false, filter: 'same' },
  { label: 'new', kind: 'snippet', span: word, insert: '${1:name}', snippet: true },
  { label: 'flag', kind: 'flag', span: { ...word, start: word.start - 7 }, insert: 'flag', snippet: false }, // prettier-ignore
  { label: 'whole', kind: 'path', span: word, wordEnd: word.end + 3, insert: 'w', snippet: false },
];

/** The completions for a client with these capabilities. */
function itemsFor(
  completion: NonNullable<ClientCapabilities['textDocument']>['completion'] = {},
): ReturnType<typeof toCompletions> {
  const capabilities = { textDocument: { completion } };
  const client = clientOf({ capabilities } as unknown as InitializeParams);
  return toCompletions(document('file:///Dockerfile', text), items, client);
}

const completionItem = { snippetSupport: true, insertReplaceSupport: true };
const completionList = { itemDefaults: ['editRange'] };

/** Items with their own values, without defaults. */
function spelledOut(answer: ReturnType<typeof toCompletions>): CompletionItem[] {
  if (Array.isArray(answer)) return answer;
  const range = answer.itemDefaults?.editRange;
  if (!range) throw new Error('no range for all');
  return answer.items.map((item) => {
    const { textEditText, ...others } = item;
    if (item.textEdit) return item;
    const newText = textEditText ?? item.label;
    const textEdit = Range.is(range) ? { range, newText } : { ...range, newText };
    return { ...others, textEdit };
  });
}

describe('completions', () => {
  test.each([{}, completionItem])(
    'shares the range of the first item without changing the result: %j',
    (able) => {
      const plain = itemsFor({ completionItem: able });
      const shared = itemsFor({ completionItem: able, completionList });
      expect(Array.isArray(plain)).toBe(true);
      expect(Array.isArray(shared)).toBe(false);
      expect(spelledOut(shared)).toEqual(plain);
      expect(JSON.stringify(shared).length).toBeLessThan(JSON.stringify(plain).length);
    },
  );

  test('sends a range only for items with another range', () => {
    const shared = itemsFor({ completionList });
    const own = Array.isArray(shared) ? [] : shared.items.filter(({ textEdit }) => textEdit);
    // A client that cannot replace words does not get their ends.
    expect(own.map(({ label }) => label)).toEqual(['flag']);
    expect(shared).toMatchObject({ isIncomplete: false, itemDefaults: { editRange: inserted } });
  });

  test('omits values that are the default of the protocol', () => {
    const [build, zero, same, snippet] = spelledOut(itemsFor({ completionItem }));
    expect(build).toEqual({
      label: 'build',
      kind: 7,
      sortText: '0',
      textEdit: { insert: inserted, replace: inserted, newText: 'build' },
    });
    expect(zero?.filterText).toBe('build 0');
    expect(same).not.toHaveProperty('filterText');
    expect(snippet?.insertTextFormat).toBe(2);
    expect(itemsFor({})).toMatchObject([{}, {}, {}, { textEdit: { newText: 'name' } }, {}, {}]);
    expect(itemsFor({})).not.toHaveProperty([3, 'insertTextFormat']);
  });

  test('orders ranks as strings', () => {
    const many = Array.from({ length: 120 }, () => items[0]!);
    const client = clientOf({ capabilities: {} } as unknown as InitializeParams);
    const answer = toCompletions(document('file:///Dockerfile', text), many, client);
    const ranks = spelledOut(answer).map(({ sortText }) => sortText);
    expect([...ranks].sort()).toEqual(ranks);
    expect(new Set(ranks).size).toBe(120);
  });
});
