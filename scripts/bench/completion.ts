/**
 * Measures completion: whether the next word of real authors is among the first items, with nothing typed and with its
 * first two characters, as an editor shows them: in the order of the server, filtered by what is typed.
 */
import { completion } from '../../server/src/features/completion/index.ts';
import type { SlotWord } from '../../server/src/features/completion/next/slot.ts';
import { wordsUpTo } from '../../server/src/features/completion/next/words.ts';
import { document } from '../../server/src/model/document.ts';
import { clientOf } from '../../server/src/lsp/client.ts';
import { toCompletions } from '../../server/src/lsp/completion-items.ts';
import { isHeldOut } from '../next-words/held-out.ts';
import { capabilities } from './lsp-client.ts';

export interface File {
  /** `owner__repository__path`. */
  readonly name: string;
  readonly text: string;
}

/** An item as an editor uses it. */
export interface Offered {
  readonly sort: string;
  readonly filter: string;
  /** The text between the start of the replaced range and its end afterwards, without placeholders. */
  readonly inserted: string;
  /** The offset at which the replaced range starts. */
  readonly start: number;
}

export interface Answer {
  readonly items: readonly Offered[];
  /** The size of the answer as JSON. */
  readonly bytes: number;
}

/** A language server or service: the items at the end of a text. */
export type Program = (text: string) => Answer | Promise<Answer>;

/** The number of words, and of those whose word is among the first five and ten. */
export interface Figures {
  requests: number;
  five: number;
  ten: number;
}

export interface Measured {
  readonly byKind: ReadonlyMap<string, readonly [nothing: Figures, two: Figures]>;
  readonly items: readonly number[];
  readonly bytes: readonly number[];
  readonly milliseconds: readonly number[];
}

const client = clientOf({
  capabilities: {
    ...capabilities,
    textDocument: {
      completion: {
        completionItem: {
          snippetSupport: true,
          insertReplaceSupport: true,
          tagSupport: { valueSet: [1] },
          resolveSupport: { properties: ['documentation'] },
        },
        completionList: { itemDefaults: ['editRange'] },
      },
    },
  },
} as unknown as Parameters<typeof clientOf>[0]);

/** Our completion without a build context and without local images. */
export async function ours(text: string): Promise<Answer> {
  const file = document('file:///bench/Dockerfile', text);
  const found = await completion(file, text.length, {
    images: { search: () => Promise.resolve([]) },
    rules: [],
  });
  const answer = JSON.stringify(toCompletions(file, found.items, client, found.isIncomplete));
  return {
    items: found.items.map(({ label, filter, insert, snippet, span }, rank) => ({
      sort: String(rank).padStart(5, '0'),
      filter: filter ?? label,
      inserted: snippet ? withoutPlaceholders(insert) : insert,
      start: span.start,
    })),
    bytes: Buffer.byteLength(answer),
  };
}

/** Replaces `${1:name}` by its text, and escaped characters by themselves. */
export function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:?((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([$}\\,|])/g, '$1');
}

/** Files of the repositories that the table of frequencies has not seen; all files if there are none of these. */
export function unseen(files: readonly File[]): readonly File[] {
  const found = files.filter(({ name }) => isHeldOut(name));
  return found.length > 0 ? found : files;
}

/** Asks every program at the same places. `share` is the part of the words that is measured. */
export async function compare(
  files: readonly File[],
  programs: Readonly<Record<string, Program>>,
  share = 1,
): Promise<Readonly<Record<string, Measured>>> {
  const results = Object.fromEntries(Object.keys(programs).map((name) => [name, empty()]));
  for (const { name, text } of files) {
    const all = wordsUpTo(document('file:///bench/Dockerfile', text), text.length).words;
    const chosen = all.filter((word, i) => isAsked(word) && hash(`${name} ${String(i)}`) < share);
    for (const word of chosen) {
      await askAll(text, word, programs, results);
    }
  }
  return results;
}

async function askAll(
  text: string,
  word: SlotWord,
  programs: Readonly<Record<string, Program>>,
  results: Readonly<Record<string, Measured>>,
): Promise<void> {
  for (const [program, ask] of Object.entries(programs)) {
    const result = results[program];
    if (result) await askAt(text, word, ask, result);
  }
}

function empty(): Measured & { byKind: Map<string, [Figures, Figures]> } {
  return { byKind: new Map(), items: [], bytes: [], milliseconds: [] };
}

/** Words that are worth completing; not operators and text in quotes. */
function isAsked({ text }: SlotWord): boolean {
  return text.length > 1 && /^[\w@./~-][\w@./~:+*-]*$/.test(text);
}

async function askAt(
  text: string,
  { slot, text: word, start }: SlotWord,
  ask: Program,
  { byKind, items, bytes, milliseconds }: Measured,
): Promise<void> {
  const kind = kindOf(slot.kind, word);
  const figures = byKind.get(kind) ?? [newFigures(), newFigures()];
  (byKind as Map<string, readonly [Figures, Figures]>).set(kind, figures);
  for (const [typed, figure] of [
    [0, figures[0]],
    [2, figures[1]],
  ] as const) {
    if (typed > 0 && word.length <= typed) continue;
    const before = text.slice(0, start + typed);
    const from = performance.now();
    const answer = await ask(before);
    (milliseconds as number[]).push(performance.now() - from);
    (items as number[]).push(answer.items.length);
    (bytes as number[]).push(answer.bytes);
    const shown = answer.items
      .filter((item) => isShown(item, before))
      .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
    const at = shown.findIndex((item) => inserts(item, before.slice(0, start), word));
    figure.requests++;
    if (at >= 0 && at < 5) figure.five++;
    if (at >= 0 && at < 10) figure.ten++;
  }
}

function newFigures(): Figures {
  return { requests: 0, five: 0, ten: 0 };
}

function kindOf(kind: SlotWord['slot']['kind'], word: string): string {
  if (kind === 'keyword') return 'keyword';
  if (word.startsWith('-') && word !== '-') return kind === 'option' ? 'flag' : 'option';
  if (kind === 'argument' && /^[./~]|\//.test(word)) return 'path';
  return kind;
}

function isShown({ filter, start }: Offered, before: string): boolean {
  return filter.toLowerCase().startsWith(before.slice(start).toLowerCase());
}

/** Whether accepting an item writes the word, and then something that is not part of it. */
function inserts({ inserted, start }: Offered, before: string, word: string): boolean {
  const whole = before.slice(start) + word;
  if (!inserted.startsWith(whole)) return false;
  return !/[\w-]/.test(inserted.charAt(whole.length)) || !/[\w-]/.test(word.slice(-1));
}

/** A number from 0 to 1, always the same for a text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
  return ((value ^ (value >>> 13)) >>> 0) / 2 ** 32;
}

/** The part of `dockerfile-language-service` that is measured. */
interface Service {
  computeCompletionItems(
    content: string,
    position: { readonly line: number; readonly character: number },
  ): readonly Item[] | Promise<readonly Item[]>;
}

interface Item {
  readonly label: string;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly insertText?: string;
  readonly textEdit?: { readonly newText: string; readonly range: Range };
}

interface Range {
  readonly start: { readonly line: number; readonly character: number };
}

/** The completion of a language service at the end of a text. */
export function service(of: Service): Program {
  return (text) => {
    const lines = text.split('\n');
    const starts = [0];
    for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    const answer = of.computeCompletionItems(text, position);
    // A promise of tags from a registry, which this measurement does not ask.
    const found = Array.isArray(answer) ? (answer as readonly Item[]) : [];
    return {
      items: found.map(({ label, sortText, filterText, insertText, textEdit }) => ({
        sort: sortText ?? label,
        filter: filterText ?? label,
        inserted: withoutPlaceholders(textEdit?.newText ?? insertText ?? label),
        start: textEdit
          ? (starts[textEdit.range.start.line] ?? 0) + textEdit.range.start.character
          : text.length - (/[\w-]*$/.exec(text)?.[0].length ?? 0),
      })),
      bytes: Buffer.byteLength(JSON.stringify(found)),
    };
  };
}

/** Prints a table by kind for each program, the most frequent kind first. */
export function report(
  measured: Readonly<Record<string, Measured>>,
  print: (line: string) => void,
): void {
  for (const [program, { byKind, items, bytes, milliseconds }] of Object.entries(measured)) {
    const rows = [...byKind].sort((a, b) => b[1][0].requests - a[1][0].requests);
    const all: readonly [Figures, Figures] = [newFigures(), newFigures()];
    for (const [, figures] of rows) {
      figures.forEach(({ requests, five, ten }, i) => {
        const total = all[i] ?? newFigures();
        total.requests += requests;
        total.five += five;
        total.ten += ten;
      });
    }
    print(
      `\n${program}: the word of the author is among the first five (ten), nothing typed and two characters typed`,
    );
    for (const [kind, [nothing, two]] of [...rows, ['all', all] as const]) {
      print(`  ${kind.padEnd(12)} ${cell(nothing)}   ${cell(two)}`);
    }
    print(
      `  items p50 ${at(items, 0.5)}, p99 ${at(items, 0.99)}; bytes p50 ${at(bytes, 0.5)}, p99 ${at(bytes, 0.99)}; ` +
        `ms p50 ${at(milliseconds, 0.5)}, p99 ${at(milliseconds, 0.99)}`,
    );
  }
}

function cell({ requests, five, ten }: Figures): string {
  const share = (count: number): string => `${((100 * count) / (requests || 1)).toFixed(0)} %`;
  return `${share(five).padStart(5)} (${share(ten).padStart(5)}) of ${String(requests).padStart(5)}`;
}

function at(list: readonly number[], part: number): string {
  const sorted = [...list].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
