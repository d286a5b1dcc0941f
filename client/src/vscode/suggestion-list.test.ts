import { expect, test } from 'vitest';
import { referenceError, withTag } from '../registry/image-reference.ts';
import { listSuggestions } from './suggestion-list.ts';

const known = [
  { text: 'localhost:5000/python:1', description: 'local image' },
  { text: 'nginx:1.27', description: 'local image' },
  { text: 'python', description: 'official image' },
];
const asking = {
  check: referenceError,
  note: (text: string) => (withTag(text) === text ? undefined : `Pulls ${withTag(text)}`),
};
const texts = (typed: string) => listSuggestions(typed, known, asking).map(({ text }) => text);

test('lists all suggestions for empty input', () => {
  expect(texts('')).toEqual(known.map(({ text }) => text));
});

test('lists the typed text first, then prefix matches, then other matches', () => {
  expect(texts('py')).toEqual(['py', 'python', 'localhost:5000/python:1']);
  expect(texts(' python ')).toEqual(['python', 'localhost:5000/python:1']);
  expect(listSuggestions('python', known, asking)[0]).toEqual({
    text: 'python',
    description: 'Pulls python:latest',
  });
  expect(listSuggestions('nginx:1.27', known, asking)).toEqual([
    { text: 'nginx:1.27', description: 'local image' },
  ]);
});

test('refuses invalid text and says why', () => {
  expect(listSuggestions('a b', known, asking)).toEqual([
    { text: 'a b', description: 'An image name cannot contain spaces.', invalid: true },
  ]);
});

test('limits the number of suggestions', () => {
  const many = Array.from({ length: 5000 }, (_, at) => ({ text: `shop-${String(at)}:dev` }));
  expect(listSuggestions('', many, {})).toHaveLength(100);
  expect(listSuggestions('shop', many, {})).toHaveLength(100);
});
