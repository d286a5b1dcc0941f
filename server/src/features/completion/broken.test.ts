/** Completion and hover in real Dockerfiles that are cut off while typing. */
import { expect, test } from 'vitest';
import { contextOf, emptyOutside } from '../../../../test/marked-document.ts';
import { someDockerfiles } from '../../../../test/dockerfiles.ts';
import { createRandomIntegers } from '../../../../test/corpus/mutations.ts';
import { document } from '../../model/document.ts';
import { rules } from '../../rules/index.ts';
import { hover } from '../hover.ts';
import type { Outside } from '../outside.ts';
import { completion } from './index.ts';
import type { Completion } from './item.ts';

const outside: Outside = {
  ...emptyOutside,
  rules,
  images: {
    search: (prefix) => Promise.resolve(['l:1'].filter((name) => name.startsWith(prefix))),
  },
  context: contextOf(() => Promise.resolve([{ name: 'a', folder: true, ignored: false }])),
};

/** A text that ends at the cursor, and the same text with the rest after the cursor. */
const cuts = someDockerfiles(60).flatMap((text, index) => {
  const below = createRandomIntegers(index + 1);
  return Array.from({ length: 20 }, () => {
    const offset = below(text.length + 1);
    return [
      { text: text.slice(0, offset), offset },
      { text, offset },
    ];
  }).flat();
});

test('every item replaces text at the cursor in any document', async () => {
  let items = 0;
  for (const { text, offset } of cuts) {
    const one = document('file:///w/Dockerfile', text);
    const found = [
      ...(await completion(one, offset, outside)).items,
      ...(await completion(one, offset, outside, { afterSpace: true })).items,
    ];
    for (const item of found) {
      if (!fits(item, text, offset)) expect(item, JSON.stringify(text.slice(-80))).toBeUndefined();
    }
    items += found.length;
    expect(found.at(-1)?.markdown?.() ?? 'none').not.toBe('');
  }
  expect(items).toBeGreaterThan(cuts.length);
}, 60_000);

/** Whether an item is not empty, ends at the cursor and replaces text of one line only. */
function fits(item: Completion, text: string, offset: number): boolean {
  const { span, wordEnd = offset, insert, snippet, label } = item;
  const isHere = span.start <= span.end && span.end === offset && wordEnd >= offset;
  const isLine = !/[\r\n]/.test(text.slice(span.start, wordEnd));
  return isHere && isLine && insert !== '' && label !== '' && (snippet || !insert.includes('${'));
}

test('every hover covers the cursor', () => {
  let hovers = 0;
  for (const { text, offset } of cuts) {
    const found = hover(document('file:///w/Dockerfile', text), offset, rules, () => undefined);
    if (!found) continue;
    hovers++;
    expect(found.markdown).not.toBe('');
    // The name of a variable begins after `${`.
    expect(found.span.start).toBeLessThanOrEqual(offset + 2);
    expect(found.span.end).toBeGreaterThanOrEqual(offset);
    expect(found.span.end).toBeLessThanOrEqual(text.length);
  }
  expect(hovers).toBeGreaterThan(100);
}, 60_000);

test('labels are offered once at a place', async () => {
  for (const { text, offset } of cuts.filter((_, index) => index % 4 === 0)) {
    const { items: found } = await completion(
      document('file:///w/Dockerfile', text),
      offset,
      outside,
    );
    const keys = found.map(({ label, span, filter = '' }) => `${span.start} ${label} ${filter}`);
    expect(new Set(keys).size, text.slice(Math.max(0, offset - 60), offset)).toBe(keys.length);
  }
}, 60_000);
