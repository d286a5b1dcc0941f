import { expect, test } from 'vitest';
import { isBoolean, isListOf, isOneOf, isTextUpTo, messageCheck } from './page-message.ts';

type Message =
  | { readonly kind: 'ready' | 'copy' }
  | { readonly kind: 'filter'; readonly text: string; readonly by: 'name' | 'age' }
  | { readonly kind: 'select'; readonly keys: readonly string[]; readonly on: boolean };

const accepts = messageCheck<Message>({
  ready: {},
  copy: {},
  filter: { text: isTextUpTo(3), by: isOneOf('name', 'age') },
  select: { keys: isListOf(isTextUpTo(3)), on: isBoolean },
});

test.each([
  { kind: 'ready' },
  { kind: 'copy', other: 1 },
  { kind: 'filter', text: 'abc', by: 'age' },
  { kind: 'select', keys: [], on: false },
])('accepts %j', (message) => expect(accepts(message)).toBe(true));

test.each([
  undefined,
  null,
  'ready',
  [],
  {},
  { kind: undefined },
  { kind: 'constructor' },
  { kind: '__proto__' },
  { kind: ['ready'] },
  { kind: 'filter', text: 'abcd', by: 'age' },
  { kind: 'filter', text: 'abc', by: 'toString' },
  { kind: 'filter', text: 'abc' },
  { kind: 'select', keys: { length: 0 }, on: true },
  { kind: 'select', keys: ['a', 1], on: true },
  { kind: 'select', keys: ['a'], on: 'true' },
])('refuses %j', (message) => expect(accepts(message)).toBe(false));
