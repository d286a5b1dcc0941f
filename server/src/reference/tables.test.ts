import { expect, test } from 'vitest';
import { cacheMounts } from './cache-mounts.ts';
import { commandLine, commandLines } from './command-lines.ts';
import { packageNames, packageNamesDate } from './package-names.ts';
import { packageNotes } from './package-notes.ts';
import { officialImages, officialImagesDate } from '../images/official-tags.ts';
import { environment } from './environment.ts';
import * as words from './words.ts';

function unique(names: readonly string[]): void {
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
}

test('programs and their words are unique, and each is described in sentences', () => {
  unique(commandLines.flatMap(({ names }) => names));
  for (const { names, subcommands = [], options } of commandLines) {
    const all = [...subcommands, ...options];
    unique(subcommands.map(({ name }) => name));
    unique(options.map(({ name }) => name).filter((name) => !name.includes(' ')));
    for (const { name, documentation } of all)
      expect(documentation, `${names.join()} ${name}`).toMatch(/^[A-Z`].*\.$/);
    // An option, a mode of chmod, or a name that `-o` takes.
    for (const { name } of options) expect(name).toMatch(/^(?:--?[A-Za-z]|[ugoa]*\+[a-z]|[a-z]+$)/);
  }
});

test('finds programs by each of their names', () => {
  expect(commandLine('apt')).toBe(commandLine('apt-get'));
  expect(commandLine('pip3.12')).toBe(commandLine('pip'));
  expect(commandLine('uv pip')).not.toBe(commandLine('uv'));
  expect(commandLine('echo')).toBeUndefined();
  expect(commandLine('constructor')).toBeUndefined();
});

test('cache directories are absolute or in a home directory, and unique for a program', () => {
  for (const { target, programs, documentation } of cacheMounts) {
    expect(target).toMatch(/^[/~]/);
    expect(documentation).toMatch(/\.$/);
    unique(programs);
  }
  unique(cacheMounts.flatMap(({ programs, target }) => programs.map((one) => `${one} ${target}`)));
});

test('package names are dated and unique for each package manager, and notes refer to existing names', () => {
  expect(packageNamesDate).toMatch(/^\d{4}-\d\d-\d\d$/);
  const lines = packageNames
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  unique(lines.map(([manager = '']) => manager));
  for (const [, ...names] of lines) unique(names);
  const all = new Set(lines.flatMap(([, ...names]) => names));
  unique(packageNotes.map(({ name }) => name));
  expect(packageNotes.map(({ name }) => name).filter((name) => !all.has(name))).toEqual([]);
  for (const { documentation } of packageNotes) expect(documentation).not.toMatch(/\.$/);
});

test('words in tables are unique', () => {
  const { signals, ports, labels, shells, platforms, buildChecks, directives } = words;
  for (const table of [signals, ports, labels, shells, platforms, buildChecks, directives])
    unique(table.map(({ name }) => name));
  unique(environment.map(({ name, value }) => `${name}=${value}`));
  for (const { name } of shells) {
    const argv = JSON.parse(name) as unknown;
    expect(Array.isArray(argv) && argv.every((part) => typeof part === 'string')).toBe(true);
  }
  for (const { name } of ports) expect(Number(name)).toBeGreaterThan(0);
});

test('the list of official images is dated and can be decoded', () => {
  expect(officialImagesDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  for (const line of officialImages.trim().split('\n')) {
    const [name = '', ...packed] = line.split(' ');
    expect(name).toMatch(/^[a-z0-9][a-z0-9._-]*$/);
    let before = '';
    for (const word of packed) {
      const shared = parseInt(word.charAt(0), 36);
      expect(shared).toBeLessThanOrEqual(before.length);
      before = before.slice(0, shared) + word.slice(1);
      expect(before).toMatch(/^[\w][\w.-]*$/);
    }
  }
});
