import { expect, test } from 'vitest';
import { longMount, volumeMount } from './mounts.ts';
import { allBindings, portRuleOf, portText } from './ports.ts';
import {
  addressOf,
  bytesOf,
  fieldsOf,
  integerOf,
  isFields,
  lineOf,
  nanoOf,
  nanosecondsOf,
} from '../command-line/values.ts';
import { printWords, wordsOf } from '../command-line/words.ts';

// Expected values are those of docker 28.5 for the same texts.

test.each([
  ['512m', 536870912],
  ['1.5GiB', 1610612736],
  ['64', 64],
  ['7 MB', 7340032],
  ['0', 0],
  ['lots', undefined],
  ['-1', undefined],
])('reads the size %s', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

test.each([
  ['10', 10],
  ['-3', -3],
  ['0x1f', 31],
  ['1_000', 1000],
  ['9223372036854775807', 9223372036854775807n],
  ['9223372036854775808', undefined],
  ['1.5', undefined],
])('reads the integer %s', (text, integer) => {
  expect(integerOf(text)).toBe(integer);
});

test.each([
  ['1.5', 1_500_000_000],
  ['.5', 500_000_000],
  ['3/2', 1_500_000_000],
  ['0.0000000001', undefined],
  ['x', undefined],
])('reads the number of CPUs %s', (text, nano) => {
  expect(nanoOf(text)).toBe(nano);
});

test.each([
  ['1m30s', 90e9],
  ['250ms', 250e6],
  ['1.5h', 5400e9],
  ['0', 0],
  ['30', undefined],
])('reads the duration %s', (text, nano) => {
  expect(nanosecondsOf(text)).toBe(nano);
});

test.each([
  ['10.0.0.5', '10.0.0.5'],
  ['2001:4860:4860:0:0:0:0:8888', '2001:4860:4860::8888'],
  ['::1', '::1'],
  ['10.0.0', undefined],
])('reads the address %s', (text, address) => {
  expect(addressOf(text)).toBe(address);
});

test('reads and writes fields with commas and quotes', () => {
  expect(fieldsOf('a,"b,c","d ""e"""')).toEqual(['a', 'b,c', 'd "e"']);
  expect(lineOf(['a', 'b,c', 'd "e"'])).toBe('a,"b,c","d ""e"""');
  expect([isFields('a,"b"'), isFields('a,b"c"')]).toEqual([true, false]);
});

test.each([
  ['80', [['80/tcp', '', '']]],
  ['8080:80/UDP', [['80/udp', '', '8080']]],
  ['127.0.0.1::80', [['80/tcp', '127.0.0.1', '']]],
  ['[::1]:8080:80', [['80/tcp', '::1', '8080']]],
  [
    '8000-8001:80-81',
    [
      ['80/tcp', '', '8000'],
      ['81/tcp', '', '8001'],
    ],
  ],
  ['8000-8004:80', [['80/tcp', '', '8000-8004']]],
  ['published=8080,target=80,protocol=udp', [['80/udp', '', '8080']]],
])('reads the port mapping %s', (text, bindings) => {
  const rule = portRuleOf(text);
  expect(rule).toBeTypeOf('object');
  const found = (value: string) =>
    allBindings([value]).map(({ port, address, host }) => [port, address, host]);
  expect(found(text)).toEqual(bindings);
  if (typeof rule !== 'string') expect(found(portText(rule))).toEqual(bindings);
});

test.each(['8080:80:90:1', '80:x', '70000:80', '80-82:80-81', '1.2.3:80:80', '80/http'])(
  'does not accept the port mapping %s',
  (text) => {
    expect(portRuleOf(text)).toBeTypeOf('string');
  },
);

test('reads volumes with Windows paths', () => {
  expect(volumeMount(String.raw`C:\data:D:\x:ro`)).toMatchObject({
    source: String.raw`C:\data`,
    target: String.raw`D:\x`,
    readOnly: true,
  });
});

test.each([
  'type=bind,source=/a,target=/b,bind-recursive=disabled,bind-propagation=rslave',
  'type=volume,source=v,target=/b,volume-subpath=a/b,volume-nocopy=true,"volume-label=a=b,c"',
  'type=tmpfs,target=/b,tmpfs-size=64m,tmpfs-mode=1770',
  'type=image,source=alpine,target=/b,image-subpath=etc',
])('reads --mount %s', (text) => {
  expect(longMount(text)).toBeTypeOf('object');
});

test.each([
  'type=volume,target=/b,readonly',
  'type=tmpfs,source=a,target=/b',
  'type=bind,source=/a',
  'type=volume,source=v,target=/b,bind-propagation=rslave',
  'type=bind,source=/a,target=/b,bind-recursive=readonly',
  'target=/b,colour=red',
])('does not accept --mount %s', (text) => {
  expect(longMount(text)).toBeTypeOf('string');
});

test.each([
  [['a\nb']],
  [["it's", '']],
  [['tab\there', '\u0001']],
  [[' spaced ', '$HOME', '`id`', '\\']],
])('writes %j on one line of a field, and reads it back', (words) => {
  const line = printWords(words, 'one line');
  expect(line).not.toMatch(/[\r\n]/);
  expect(wordsOf(line, { folder: undefined, variables: {} }).words).toEqual(words);
});
