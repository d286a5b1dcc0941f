import { expect, test } from 'vitest';
import type { PathEntry } from '../ui/editor.ts';
import { pathRows, typedPlace } from './path-list.ts';

const entries: readonly PathEntry[] = [
  { name: 'var', leadsToDirectory: true },
  { name: 'vmlinuz', leadsToDirectory: false },
  { name: 'Srv', leadsToDirectory: true },
];
const options = {
  kind: 'directory',
  acceptLabel: 'Copy Here',
  check: (path: string) => (path.includes('\0') ? 'invalid' : undefined),
} as const;

/** Labels with what they do. */
function rows(current: string, typed: string, found: Parameters<typeof pathRows>[1] = entries, also = {}) {
  return pathRows({ current, typed }, found, { ...options, ...also }).map(({ label, action }) =>
    'path' in action ? `${label} → ${action.kind} ${action.path}` : `${label} → ${action.kind}`,
  );
} // prettier-ignore

test('offers the directory itself, its parent and its directories', () => {
  expect(rows('/a/b', '')).toEqual([
    'Copy Here → accept /a/b',
    '.. → enter /a',
    'Srv → enter /a/b/Srv',
    'var → enter /a/b/var',
  ]);
  expect(rows('/', '')[1]).toBe('Srv → enter /Srv');
});

test('filters names in any case, and offers a new name last', () => {
  expect(rows('/a', 's')).toEqual(['Srv → enter /a/Srv', 'Copy Here → accept /a/s']);
});

test('accepts a typed path, and lists its directory', () => {
  expect(typedPlace('/a', '/usr/lo')).toEqual({ directory: '/usr', filter: 'lo' });
  expect(typedPlace('/a', '/v')).toEqual({ directory: '/', filter: 'v' });
  expect(rows('/a', '/v')).toEqual(['Copy Here → accept /v', 'var → enter /var', 'Srv → enter /Srv']);
}); // prettier-ignore

test('offers files as well if they can be chosen', () => {
  expect(rows('/', 'vm', entries, { kind: 'any' })[0]).toBe('vmlinuz → accept /vmlinuz');
});

test('shows why a directory cannot be read, and why a path is invalid', () => {
  expect(rows('/a', '', new Error('Permission denied')).at(-1)).toBe('Permission denied → none');
  expect(rows('/a', '/\0')[0]).toBe('invalid → none');
});

test('shows the first of many names, and how many there are', () => {
  const many = Array.from({ length: 2500 }, (_, index) => ({
    name: String(index),
    leadsToDirectory: true,
  }));
  const shown = rows('/', '', many);
  expect(shown).toHaveLength(2002);
  expect(shown.at(-1)).toBe('500 more; type the beginning of a name → none');
});
