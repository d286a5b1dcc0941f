import { expect, test } from 'vitest';
import { addMarks, parseMarks } from './marks.ts';

test('removes marks and returns their spans and the cursor', () => {
  const { text, spans, cursor } = parseMarks('FROM «a«:»1» ‸AS');
  expect(text).toBe('FROM a:1 AS');
  expect(spans).toEqual([
    { start: 5, end: 8 },
    { start: 6, end: 7 },
  ]);
  expect(cursor).toBe(9);
  expect(parseMarks('plain')).toEqual({ text: 'plain', spans: [], cursor: undefined });
});

test('adds marks around spans', () => {
  for (const source of ['FROM «a«:»1» AS', '«a»«b» c', '««a» b»', 'x']) {
    const { text, spans } = parseMarks(source);
    expect(addMarks(text, spans)).toBe(source);
  }
});
