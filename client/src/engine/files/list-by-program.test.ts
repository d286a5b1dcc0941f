import { expect, test } from 'vitest';
import { parseListing } from './list-by-program.ts';

const word = 'WORD';

test('reads the output of GNU find, with names of any bytes', () => {
  const output =
    'P\n644 0 0 5 1700000000.5000000000 ff a\nb\0\0root\0root\0' +
    '777 1000 50 3 1700000000.0 lN \xff\0gone\0web\x0050\0' +
    '755 0 0 4096 1700000000.0 dd  -x \0\0root\0root\0';
  expect(parseListing(output, word)).toEqual([
    { name: 'a\nb', kind: 'file', size: 5, mode: 0o644, user: 0, group: 0, userName: 'root', groupName: 'root', modified: new Date(1_700_000_000_500) },
    { name: '\uf7ff', kind: 'link', mode: 0o777, user: 1000, group: 50, userName: 'web', modified: new Date(1_700_000_000_000), linkTarget: 'gone', leadsTo: 'nothing' },
    { name: ' -x ', kind: 'directory', mode: 0o755, user: 0, group: 0, userName: 'root', groupName: 'root', modified: new Date(1_700_000_000_000) },
  ]); // prettier-ignore
});

test('reads the output of stat of busybox and of coreutils', () => {
  const stat = (mode: string, name: string, link: string): string =>
    `${mode} 0 0 3 1700000000 ./${name}${word}${link}${word}root${word}UNKNOWN${word}`;
  const lines = [
    stat('81a4', "it's", "./it's"),
    stat('a1ff', 'one', "'./one' -> 'a -> b'"),
    stat('a1ff', 'two', './two -> /d'),
    stat('11a4', 'fifo', './fifo'),
  ];
  const output = `S\n${lines.join('\n')}\nL${word}\n41ed ./two${word}\n`;
  const parsed = parseListing(output, word) ?? [];
  expect(parsed.map(({ name, kind, special, linkTarget, leadsTo }) => [name, kind, special, linkTarget, leadsTo])).toEqual([
    ["it's", 'file', undefined, undefined, undefined],
    ['one', 'link', undefined, 'a -> b', 'nothing'],
    ['two', 'link', undefined, '/d', 'directory'],
    ['fifo', 'other', 'pipe', undefined, undefined],
  ]); // prettier-ignore
  expect(parsed[0]).not.toHaveProperty('groupName');
});

test('keeps the entries before the place where output was cut', () => {
  const output = 'P\n644 0 0 5 1.0 ff a\0\0root\0root\0' + '644 0 0 5 1.0 ff b\0\0ro';
  expect(parseListing(output, word)?.map(({ name }) => name)).toEqual(['a']);
});

test('reads the output of a shell without other programs', () => {
  expect(parseListing('T\nf./a\0D./l\0n./gone\0', word)).toEqual([
    { name: 'a', kind: 'file' },
    { name: 'l', kind: 'link', leadsTo: 'directory' },
    { name: 'gone', kind: 'link', leadsTo: 'nothing' },
  ]);
});

test('does not read output of another program', () => {
  expect(parseListing('hello\n', word)).toBeUndefined();
  expect(parseListing('P\nhello\0\0\0\0', word)).toBeUndefined();
});
