/** Completion of the next word: by what the file has used, then by what real files do. */
import { describe, expect, test } from 'vitest';
import { labelsAt } from '../../../../../test/completion-items.ts';
import { document } from '../../../model/document.ts';
import { likelyWords } from './likely.ts';
import { scan } from './scan.ts';
import { tableOf } from './table.ts';
import { wordsUpTo } from './words.ts';

/** Words with the kinds of their slots. */
function slotsOf(text: string): readonly string[] {
  const { words } = wordsUpTo(document('file:///Dockerfile', text), text.length);
  return words.map(({ slot, text: word }) => `${slot.kind} ${word}`);
}

describe('slots', () => {
  test('divide instructions into keywords, images, tags, flags and values', () => {
    expect(slotsOf('FROM --platform=linux/amd64 node:22 AS build\nCOPY --from=a --chown=b:c x /y\n')).toEqual([
      'keyword FROM',
      'option --platform',
      'value linux/amd64',
      'image node',
      'tag 22',
      'argument AS',
      'stage build',
      'keyword COPY',
      'option --from',
      'stage a',
      'option --chown',
      'user b:c',
      'path x',
      'path /y',
    ]); // prettier-ignore
  });
  test('find commands, subcommands and packages after flags, wrappers, comments and operators', () => {
    const text =
      'FROM a\nRUN --mount=type=cache,target=/c \\\n  # why\n  sudo apt-get install -y "curl" && A=1 python -m pip install x\n';
    expect(slotsOf(text).slice(3)).toEqual([
      'option --mount',
      'mount type=cache',
      'mount target',
      'path /c',
      'command sudo',
      'argument apt-get',
      'subcommand install',
      'package -y',
      'package curl',
      'command A=1',
      'command python',
      'argument -m',
      'argument pip',
      'subcommand install',
      'package x',
    ]);
  });
  test('read the words of arrays and of pairs', () => {
    expect(slotsOf('FROM a\nENV A=1 B="2"\nCMD ["node", "x.js"]\n').slice(2)).toEqual([
      'keyword ENV',
      'variable A',
      'value 1',
      'variable B',
      'value 2',
      'keyword CMD',
      'argument node',
      'argument x.js',
    ]);
  });
});

test('a script is split at operators outside quotes, in linear time', () => {
  const found: string[] = [];
  const text = 'a "b;c" \\\n# d\n && e > f # g\n';
  scan(text, { from: 0, to: text.length }, (kind, start, end) => {
    found.push(`${kind} ${text.slice(start, end).trim()}`);
  });
  expect(found).toEqual(['word a', 'word "b;c"', 'end &&', 'word e', 'redirect >', 'word f', 'line ']);
}); // prettier-ignore

test('words of the file outweigh those of the table, and given words are not repeated', () => {
  const text = 'FROM a\nRUN tool --own x\nRUN tool ';
  const words = wordsUpTo(document('file:///Dockerfile', text), text.length);
  const table = tableOf('tool|^\t10 --common 8 --rare 2\n');
  expect(words.next).toBeDefined();
  if (words.next === undefined) return;
  const { words: likely } = likelyWords(words, words.next, table);
  expect((likely.get('--common') ?? 0) > (likely.get('--rare') ?? 0)).toBe(true);
  expect((likely.get('--own') ?? 0) > (likely.get('--rare') ?? 0)).toBe(true);
  const given = { ...words.next, keys: words.next.keys, given: ['--common'] };
  expect((likelyWords(words, given, table).words.get('--common') ?? 1) < 0.1).toBe(true);
});

describe('completion', () => {
  test('offers commands, options and paths that the file has used', async () => {
    const source = 'FROM debian\nRUN my-tool --special /opt/data/x\nRUN ';
    expect((await labelsAt(`${source}my‸`))[0]).toBe('my-tool');
    expect((await labelsAt(`${source}my-tool ‸`))[0]).toBe('--special');
    expect(await labelsAt(`${source}cp /opt/‸`)).toContain('/opt/data/x');
  });
  test('offers the mount that the file uses first, and packages in quotes', async () => {
    const uses = 'FROM a\nRUN --mount=type=cache,target=/c x\nRUN --mount=type=cache,target=/d y\n';
    expect((await labelsAt(`${uses}RUN ‸`))[0]).toBe('--mount');
    expect((await labelsAt(`${uses}RUN --mount=‸`))[0]).toBe('type=cache');
    expect(await labelsAt('FROM python\nRUN pip install "fl‸')).toContain('flask');
  });
  test('offers user and group, and no commands of other systems', async () => {
    expect((await labelsAt('FROM node:22\nCOPY --chown=‸'))[0]).toBe('node:node');
    const alpine = await labelsAt('FROM alpine\nRUN a‸');
    expect(alpine).toContain('apk');
    expect(alpine).not.toContain('apt-get');
    const windows = await labelsAt(
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN ‸',
    );
    expect(windows).not.toContain('mkdir -p');
    expect(windows.some((label) => /^[A-Z][a-z]+-[A-Z]/.test(label))).toBe(true);
  });
  test('offers variables of scripts and of known base images', async () => {
    expect((await labelsAt('FROM a\nRUN arch=x; echo $‸'))[0]).toBe('arch');
    expect(await labelsAt('FROM golang:1\nRUN echo $‸')).toContain('GOPATH');
  });
  test('offers at most a hundred items, in the order of what is typed', async () => {
    const found = await labelsAt('FROM debian\nRUN apt-get install ‸');
    expect(found.length).toBeLessThanOrEqual(100);
    expect(await labelsAt('FROM a AS b\nFROM c\nCOPY --from=‸')).toHaveLength(30);
  });
});
