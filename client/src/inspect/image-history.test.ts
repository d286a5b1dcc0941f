import { expect, test } from 'vitest';
import { historyPage, instruction } from './image-history.ts';

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  ['/bin/sh -c apt-get update', 'RUN apt-get update'],
  ['RUN /bin/sh -c apt-get update # buildkit', 'RUN apt-get update'],
  ['RUN |2 A=1 B="x y" /bin/sh -c make # buildkit', 'RUN make'],
  ['|1 A=1 /bin/sh -c make', 'RUN make'],
  ['COPY . /app # buildkit', 'COPY . /app'],
  ['', 'imported'],
])('restores the instruction: %j was %j', (createdBy, written) => {
  expect(instruction({ createdBy, comment: 'imported' })).toBe(written);
});

test('shows size, share and escaped instruction of a step', () => {
  const step = { createdAt: new Date('2026-01-01T00:00:00Z'), tags: [], comment: '' };
  const page = historyPage(
    'shop:dev',
    [
      { ...step, createdBy: 'CMD ["sh"]', size: 0, tags: ['shop:dev'] },
      { ...step, createdBy: 'RUN echo `x` | cat <b>[a](command:x)</b>', size: 75_000_000 },
      { ...step, createdBy: 'ADD file:1 in /', size: 25_000_000 },
    ],
    new Date('2026-01-03T00:00:00Z'),
  );
  expect(page).toContain('100 MB · layers: 2 · steps: 3');
  expect(page).toContain('| 75 MB (75 %) | 2 days ago | <code>RUN echo &#96;x&#96; &#124; cat ');
  expect(page).not.toMatch(/<b>|\]\(/);
});
