import type { Completion, CompletionKind } from './item.ts';

const name = /[\w-]*/y;
const dotted = /[\w.-]*/y;
const path = /[^\s,"'\]]*/y;

/** The characters that continue a word for each kind of item. */
const wordPatterns: Readonly<Record<CompletionKind, RegExp | undefined>> = {
  command: name,
  flag: name,
  folder: path,
  image: /[\w./-]*/y,
  keyword: name,
  label: dotted,
  operator: undefined,
  package: /[\w@/+.:-]*/y,
  path,
  rule: name,
  snippet: undefined,
  stage: dotted,
  tag: dotted,
  user: dotted,
  value: path,
  variable: /\w*/y,
};

/** Adds the end of the word to items; a trailing `:` or `=` is not inserted twice. */
export function withWordEnds(text: string, items: readonly Completion[]): readonly Completion[] {
  return items.map((item) => {
    const pattern = wordPatterns[item.kind];
    if (pattern === undefined) return item;
    pattern.lastIndex = item.span.end;
    const wordEnd = item.span.end + (pattern.exec(text)?.[0].length ?? 0);
    const lastCharacter = item.insert.at(-1);
    const isRepeated =
      (lastCharacter === ':' || lastCharacter === '=') && text.charAt(wordEnd) === lastCharacter;
    if (wordEnd === item.span.end && !isRepeated) return item;
    return { ...item, wordEnd, ...(isRepeated && { insert: item.insert.slice(0, -1) }) };
  });
}
