import { expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { features } from './features.ts';
import { kinds } from './kinds.ts';
import { timeOf } from './measure.ts';

const parts = 500;
const factor = 4;
/** Milliseconds. What takes less is not measured again: the noise of a busy machine is larger. */
const least = 400;
/** Linear time grows four times, time that grows with the square sixteen times. */
const mostGrowth = 9;

test.each(Object.entries(kinds))(
  '%s: time grows with the length, not with its square',
  async (_, make) => {
    const slow: string[] = [];
    for (const [name, request] of Object.entries(features)) {
      const long = make(parts * factor);
      if ((await timeOf(long, request, 1)) < least) continue;
      const once = Math.max(await timeOf(make(parts), request, 3), 1);
      const more = await timeOf(long, request, 3);
      if (more >= least && more / once > mostGrowth) slow.push(`${name}: ${once} to ${more} ms`);
    }
    expect(slow).toEqual([]);
  },
);

/** More than the arguments that V8 accepts in one call, and more than its stack has frames. */
const many = 140_000;

test.each([
  'flags of one COPY',
  'sources of one COPY',
  'pairs of one LABEL',
  'ports of one EXPOSE',
])('%s: no request fails for a very long list', async (kind) => {
  const text = kinds[kind]?.(many) ?? '';
  expect(text.length).toBeGreaterThan(many);
  for (const request of Object.values(features)) await request(document('untitled:a', text));
});
