/** Names that are possible in a container and not on the disk of the target. The rules of other machines are given. */
import { mkdir, mkdtemp, readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { recordingEditor } from '../../../test/recording-editor.ts';
import { extendedHeader, inChunks, rawArchive, type RawEntry } from '../../../test/tar-archive.ts';
import { unpackTar } from '../engine/tar.ts';
import { copyIn, copyOut, type CopyOptions } from './copy.ts';
import { reportCopied } from './messages.ts';
import { platformRules, rulesOfDisk, type NameRules } from './name-rules.ts';
import { displayName, nameOfBytes } from './names.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-names-'));
});
afterEach(() => rm(home, { recursive: true }));

const windows = platformRules('win32');
const mac = platformRules('darwin');
const linux = platformRules('linux');
const directory = { name: 'app/', type: '5', mode: 0o755 };
const linkTo = (name: string, link: string): RawEntry => ({ name, type: '2', link });
const hardLinkTo = (name: string, link: string): RawEntry => ({ name, type: '1', link });

/** A file with any name below `app`; its content is its name. */
function fileNamed(name: string | Buffer): readonly (RawEntry | Buffer)[] {
  const bytes = Buffer.from(name).toString('latin1');
  return [extendedHeader({ path: `app/${bytes}` }), { name: 'app/x', content: bytes }];
}

async function receive(
  nameRules: NameRules | undefined,
  ...entries: readonly (RawEntry | Buffer)[]
) {
  const { engine } = fakeEngine({ containers: [{ name: 'web', files: { '/app/a': '' } }] });
  const options: CopyOptions = {
    signal: new AbortController().signal,
    report: () => undefined,
    confirmOverwrite: () => Promise.resolve(true),
    ...(nameRules && { nameRules }),
  };
  const readArchive = () => inChunks(rawArchive(directory, ...entries));
  const from = { container: 'web', path: '/app', target: home };
  return copyOut({ ...engine, readArchive }, from, options);
}

/** The names in a folder, with bytes that are not UTF-8 as escapes. */
async function names(path = 'app'): Promise<readonly string[]> {
  const found = await readdir(join(home, path), { encoding: 'buffer' });
  return found.map((name) => displayName(nameOfBytes(name))).sort();
}

describe('copying out of a container to Windows', () => {
  test.each([
    'CON', 'con', 'NUL.txt', 'nul.tar.gz', 'AUX ', 'PRN .x', 'COM1', 'lpt9.log', 'COM²', 'CONIN$', 'clock$',
    'dot.', 'dots...', 'space ', 'a:b', 'C:', 'a\\b', '..\\..\\x', '\\\\server\\share', 'q?', 'a*', '<', '>', '|', '"',
    'a\nb', 'a\x01', 'a\tb',
  ])('reports %j, which is not possible there, and copies the rest', async (name) => {
    const { refusedNames, skipped } = await receive(windows, ...fileNamed(name), ...fileNamed('fine'));
    expect(refusedNames).toEqual([`app/${displayName(name)}`]);
    expect(skipped).toEqual(refusedNames);
    expect(await names()).toEqual(['fine']);
    expect(await readdir(home)).toEqual(['app']);
  }); // prettier-ignore

  test.each(['CONfig', 'a.con', 'com', 'COM10', 'nul-1', '.hidden', '..a', 'é', 'a b', '~1', 'x'.repeat(255)])(
    'copies %j',
    async (name) => {
      const { skipped } = await receive(windows, ...fileNamed(name));
      expect(skipped).toEqual([]);
      expect(await names()).toEqual([name]);
    },
  ); // prettier-ignore

  test('reports a directory once, and nothing below it is written elsewhere', async () => {
    const { refusedNames } = await receive(
      windows,
      { name: 'app/aux/', type: '5' },
      { name: 'app/aux/x', content: 'x' },
      { name: 'app/aux/deep/y', content: 'y' },
      linkTo('app/aux/l', 'x'),
      hardLinkTo('app/h', 'app/aux/x'),
      ...fileNamed('fine'),
    );
    expect(refusedNames).toEqual(['app/aux', 'app/h']);
    expect(await names()).toEqual(['fine']);
  });

  test('rejects a single file with such a name with a sentence', async () => {
    const { engine } = fakeEngine({ containers: [{ name: 'web', files: { '/a:b': 'x' } }] });
    const options: CopyOptions = {
      signal: new AbortController().signal,
      report: () => undefined,
      confirmOverwrite: () => Promise.resolve(true),
      nameRules: windows,
    };
    const from = { container: 'web', path: '/a:b', target: home };
    await expect(copyOut(engine, from, options)).rejects.toMatchObject({
      name: 'EngineError',
      message: 'a:b is not a valid file name on this machine',
    });
    expect(await readdir(home)).toEqual([]);
  });
});

describe('copying names that the disk treats as one', () => {
  test.each<[string, NameRules, readonly string[]]>([
    ['in another case', windows, ['A', 'a']],
    ['in another case, beyond ASCII', windows, ['Ä', 'ä']],
    ['in another case on macOS', mac, ['README', 'ReadMe']],
    ['composed and decomposed', mac, ['\u00e9', 'e\u0301']],
    ['composed and decomposed in another case', mac, ['\u00c9', 'e\u0301']],
    ['Hangul syllables', mac, ['\uac00', '\u1100\u1161']],
  ])('keeps the first and reports the second: %s', async (_, rules, [first = '', second = '']) => {
    const { refusedNames } = await receive(rules, ...fileNamed(first), ...fileNamed(second));
    expect(refusedNames).toEqual([`app/${second}`]);
    expect(await readdir(join(home, 'app'), 'utf8')).toEqual([first]);
    expect(await readFile(join(home, 'app', first), 'latin1')).toBe(
      Buffer.from(first).toString('latin1'),
    );
  });

  test.each<[string, NameRules]>([
    ['A', linux],
    ['\u00e9', windows],
  ])('copies both where they are two files: %s', async (name, rules) => {
    const other = name === 'A' ? 'a' : 'e\u0301';
    const { skipped } = await receive(rules, ...fileNamed(name), ...fileNamed(other));
    expect(skipped).toEqual([]);
    expect(await names()).toEqual([name, other].sort());
  });

  test('does not merge two directories or follow a link in another case', async () => {
    const { refusedNames } = await receive(
      windows,
      { name: 'app/D/', type: '5' },
      { name: 'app/D/x', content: 'first' },
      { name: 'app/d/', type: '5' },
      { name: 'app/d/x', content: 'second' },
      linkTo('app/L', '/etc'),
      { name: 'app/l/passwd', content: 'x' },
    );
    expect(refusedNames).toEqual(['app/d', 'app/l']);
    expect(await readFile(join(home, 'app/D/x'), 'utf8')).toBe('first');
    expect(await readlink(join(home, 'app/L'))).toBe('/etc');
  });

  test('uses the last entry of the same name, and reports the other case', async () => {
    const { refusedNames } = await receive(
      windows,
      { name: 'app/A', content: 'one' },
      { name: 'app/a', content: 'two' },
      { name: 'app/A', content: 'three' },
    );
    expect(refusedNames).toEqual(['app/a']);
    expect(await readFile(join(home, 'app/A'), 'utf8')).toBe('three');
  });

  test('finds out what the disk does', async () => {
    await mkdir(join(home, 'probe'));
    const rules = await rulesOfDisk(join(home, 'probe'));
    await writeFile(join(home, 'x'), '');
    const ignoresCase = await readFile(join(home, 'X')).then(() => true, () => false); // prettier-ignore
    expect(rules.ignoresCase).toBe(ignoresCase);
    expect(await readdir(join(home, 'probe'))).toEqual([]);
  });
});

describe('names that are not UTF-8', () => {
  const one = Buffer.from('a\xffb', 'latin1');
  const two = Buffer.from('a\xfeb', 'latin1');
  const isLinux = process.platform === 'linux';

  test.runIf(isLinux)('keep their bytes on Linux, though they are decoded alike', async () => {
    const { skipped } = await receive(
      undefined,
      ...fileNamed(one),
      ...fileNamed(two),
      extendedHeader({ path: 'app/\xfd/deep' }),
      { name: 'app/x', content: 'deep' },
      extendedHeader({ path: 'app/link', linkpath: 'a\xffb' }),
      linkTo('app/l', 'x'),
      extendedHeader({ path: 'app/hard', linkpath: 'app/a\xfeb' }),
      hardLinkTo('app/h', 'x'),
    );
    expect(skipped).toEqual([]);
    expect(await names()).toEqual(['\\xfd', 'a\\xfeb', 'a\\xffb', 'hard', 'link']);
    const folder = Buffer.from(join(home, 'app/'));
    expect(await readFile(Buffer.concat([folder, one]), 'latin1')).toBe('a\xffb');
    expect(await readFile(Buffer.concat([folder, two]), 'latin1')).toBe('a\xfeb');
    expect(await readFile(join(home, 'app/hard'), 'latin1')).toBe('a\xfeb');
    const link = await readlink(join(home, 'app/link'), { encoding: 'buffer' });
    expect(link.equals(one)).toBe(true);
  });

  test.each([
    ['Windows', windows],
    ['macOS', mac],
  ])('are reported on %s, and the rest is copied', async (_, rules) => {
    const { refusedNames } = await receive(rules, ...fileNamed(one), ...fileNamed(two), ...fileNamed('a\ufffdb')); // prettier-ignore
    expect(refusedNames).toEqual(['app/a\\xffb', 'app/a\\xfeb']);
    expect(await names()).toEqual(['a\ufffdb']);
  });

  test.runIf(isLinux)('are sent as they are into a container, after a question', async () => {
    await mkdir(join(home, 'd'));
    for (const name of [one, two])
      await writeFile(Buffer.concat([Buffer.from(join(home, 'd/')), name]), name);
    const { engine } = fakeEngine({ containers: [{ name: 'web', files: { '/d/a': '' } }] });
    const sent: string[] = [];
    const asked: string[] = [];
    await copyIn(
      {
        ...engine,
        writeArchive: async (_container, _directory, tar) => {
          for await (const { name, nameBytes } of unpackTar(tar))
            sent.push(Buffer.from(nameBytes ?? name).toString('latin1'));
        },
      },
      { container: 'web', sources: [join(home, 'd')], target: '/' },
      {
        signal: new AbortController().signal,
        report: () => undefined,
        confirmOverwrite: (paths) => {
          asked.push(...paths);
          return Promise.resolve(true);
        },
      },
    );
    expect(sent.sort()).toEqual(['d', 'd/a\xfeb', 'd/a\xffb']);
    expect(asked).toEqual(['/d/a\\xfeb', '/d/a\\xffb']);
  });
});

test('one message says what was not copied and why', async () => {
  const { editor, seen } = recordingEditor();
  const result = { entries: 3, bytes: 3, skipped: ['a/pipe', 'a/CON', 'a/b:c'] };
  await reportCopied(editor, { ...result, refusedNames: ['a/CON', 'a/b:c'] }, '/here');
  await reportCopied(editor, { ...result, skipped: ['a/CON'], refusedNames: ['a/CON'] }, '/here');
  expect(seen).toEqual([
    'warning: Copied to /here. Skipped special files such as sockets and devices: a/pipe. Names that are not possible or not distinct on this disk were not copied: a/CON and a/b:c.',
    'warning: Copied to /here. Names that are not possible or not distinct on this disk were not copied: a/CON.',
  ]);
});
