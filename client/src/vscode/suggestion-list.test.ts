import { expect, test } from 'vitest';
import { referenceTrouble, withTag } from '../registry/image-reference.ts';
import { offers } from './suggestion-list.ts';

const known = [
  { text: 'localhost:5000/python:1', about: 'local image' },
  { text: 'nginx:1.27', about: 'local image' },
  { text: 'python', about: 'official image' },
];
const asking = {
  check: referenceTrouble,
  note: (text: string) => (withTag(text) === text ? undefined : `Pulls ${withTag(text)}`),
};
const texts = (typed: string) => offers(typed, known, asking).map(({ text }) => text);

test('before anything is typed, all that is known', () => {
  expect(texts('')).toEqual(known.map(({ text }) => text));
});

test('what was typed stands first, then what begins with it, then what holds it', () => {
  expect(texts('py')).toEqual(['py', 'python', 'localhost:5000/python:1']);
  expect(texts(' python ')).toEqual(['python', 'localhost:5000/python:1']);
  expect(offers('python', known, asking)[0]).toEqual({
    text: 'python',
    about: 'Pulls python:latest',
  });
  expect(offers('nginx:1.27', known, asking)).toEqual([
    { text: 'nginx:1.27', about: 'local image' },
  ]);
});

test('what no engine would take is said, and not taken', () => {
  expect(offers('a b', known, asking)).toEqual([
    { text: 'a b', about: 'An image name holds no spaces.', refused: true },
  ]);
});

test('never more than are drawn without delay', () => {
  const many = Array.from({ length: 5000 }, (_, at) => ({ text: `shop-${String(at)}:dev` }));
  expect(offers('', many, {})).toHaveLength(100);
  expect(offers('shop', many, {})).toHaveLength(100);
});
