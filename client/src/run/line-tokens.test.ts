import { expect, test } from 'vitest';
import { lineTokens } from './line-tokens.ts';

/** The words with a color, as the page shows them. */
function colored(line: string): readonly string[] {
  return lineTokens(line).flatMap(({ start, end, color }) =>
    color === undefined ? [] : [`${color}: ${line.slice(start, end)}`],
  );
}

test('colors options, values and the image', () => {
  expect(
    colored('docker run -d --rm -p 8080:80 -v ./src:/app -e A=b --name=web shop:dev sh'),
  ).toEqual([
    'program: docker',
    'program: run',
    'flag: -d',
    'flag: --rm',
    'flag: -p',
    'number: 8080:80',
    'flag: -v',
    'path: ./src:/app',
    'flag: -e',
    'name: A',
    'flag: --name',
    'image: shop:dev',
  ]);
});

test.each([
  '',
  'docker',
  'docker run',
  'docker run -p',
  'docker run -it',
  "docker run 'a",
  'run -x y',
])('tokens of an unfinished line are in order and inside it: %j', (line) => {
  let last = 0;
  for (const { start, end } of lineTokens(line)) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeLessThanOrEqual(line.length);
    last = end;
  }
});
