import { expect, test } from 'vitest';
import { supportStatus, officialNames } from './bundled-images.ts';

test.each([
  ['python:3.7', 'end of life', /^Python 3\.7 reached end of life on .+\. Upgrade to /],
  ['docker.io/library/python:3.7.17-slim', 'end of life', /^Python 3\.7 reached/],
  ['node:22-buster', 'Debian buster: end of life', /^Debian buster reached/],
  ['mcr.microsoft.com/dotnet/sdk:5.0', 'end of life', /^Microsoft \.NET 5 reached/],
  ['python:3.14-slim', undefined, /^Python 3\.14 is supported until /],
])('support status of %s: %s', (reference, ended, sentence) => {
  expect(supportStatus(reference)).toMatchObject({
    sentence: expect.stringMatching(sentence) as string,
  });
  expect(supportStatus(reference)?.ended).toBe(ended);
});

test.each(['shop:3.7', 'localhost:5000/python:3.7', 'python', 'python:latest', 'No Name'])(
  'has no support status for %s',
  (reference) => expect(supportStatus(reference)).toBeUndefined(),
);

test('lists supported tags of official images before those at end of life', async () => {
  const names = await officialNames();
  let ended = 0;
  for (const { text } of names('')) {
    const descriptions = names(`${text}:`).map(({ description }) =>
      description.startsWith('end of life'),
    );
    const first = descriptions.indexOf(true);
    if (first < 0) continue;
    ended++;
    expect(descriptions.slice(first), text).not.toContain(false);
  }
  expect(ended).toBeGreaterThan(0);
});
