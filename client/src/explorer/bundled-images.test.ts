import { expect, test } from 'vitest';
import { supportStatus, officialNames } from './bundled-images.ts';

test.each([
  ['python:3.7', 'past its end of life', /^Python 3\.7 is past its end of life since .+: move to /],
  ['docker.io/library/python:3.7.17-slim', 'past its end of life', /^Python 3\.7 is past/],
  ['node:22-buster', 'Debian buster past its end of life', /^Debian buster is past/],
  ['mcr.microsoft.com/dotnet/sdk:5.0', 'past its end of life', /^Microsoft \.NET 5 is past/],
  ['python:3.14-slim', undefined, /^Python 3\.14 gets fixes until /],
])('%s: %s', (reference, ended, sentence) => {
  expect(supportStatus(reference)).toMatchObject({
    sentence: expect.stringMatching(sentence) as string,
  });
  expect(supportStatus(reference)?.ended).toBe(ended);
});

test.each(['shop:3.7', 'localhost:5000/python:3.7', 'python', 'python:latest', 'No Name'])(
  'of %s nothing is known',
  (reference) => expect(supportStatus(reference)).toBeUndefined(),
);

test('tags of official images that get no fixes stand behind those that do', async () => {
  const names = await officialNames();
  let ended = 0;
  for (const { text } of names('')) {
    const descriptions = names(`${text}:`).map(({ description }) =>
      description.startsWith('past its end'),
    );
    const first = descriptions.indexOf(true);
    if (first < 0) continue;
    ended++;
    expect(descriptions.slice(first), text).not.toContain(false);
  }
  expect(ended).toBeGreaterThan(0);
});
