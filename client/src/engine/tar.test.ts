import { Readable } from 'node:stream';
import { extract, pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { extendedHeader, inChunks, rawArchive, rawEntry } from '../../../test/tar-archive.ts';
import { fileEntry, packTar, unpackTar, type TarEntry } from './tar.ts';

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** The entries with their content as text. */
async function read(bytes: Uint8Array, length?: number) {
  const found: (Omit<TarEntry, 'content'> & { text: string })[] = [];
  for await (const { content, ...entry } of unpackTar(inChunks(bytes, length)))
    found.push({ ...entry, text: (await bytesOf(content?.() ?? inChunks(bytes, 0))).toString() });
  return found;
}

const entries: readonly TarEntry[] = [
  { name: 'd', kind: 'directory', mode: 0o1755, size: 0, modified: new Date(1000), user: 7, group: 8 },
  { ...fileEntry('d/plain', 'text', 0o640), modified: new Date(1_700_000_000_000) },
  fileEntry('d/empty', ''),
  fileEntry(`d/${'x'.repeat(98)}`, 'y'.repeat(512)),
  fileEntry(`d/${'long/'.repeat(100)}end`, 'y'.repeat(513)),
  fileEntry('d/é 你好', 'unicode'),
  fileEntry(`${'p'.repeat(155)}/${'n'.repeat(100)}`, 'fits'),
  fileEntry(`${'p'.repeat(156)}/${'n'.repeat(90)}`, 'does not fit'),
  fileEntry(`p/${'n'.repeat(101)}`, 'does not fit'),
  { name: `${'p/'.repeat(80)}${'d'.repeat(95)}`, kind: 'directory', mode: 0o755, size: 0 },
  { name: `${'p/'.repeat(50)}d`, kind: 'directory', mode: 0o755, size: 0 },
  { name: 'd/link', kind: 'link', mode: 0o777, size: 0, linkTarget: '../'.repeat(60) },
  { name: 'd/hard', kind: 'hardlink', mode: 0o644, size: 0, linkTarget: 'd/plain' },
  { ...fileEntry('d/large ids', 'x'), user: 3_000_000, group: 4_000_000_000 },
  { ...fileEntry('d/before 1970', 'x'), modified: new Date(-86_400_000) },
]; // prettier-ignore

describe('a tar stream', () => {
  test('has the same entries when it is read, in chunks of any length', async () => {
    const bytes = await bytesOf(packTar(entries));
    const whole = await read(bytes);
    const described = (found: readonly TarEntry[]): unknown[] =>
      found.map(({ name, kind, mode, size, linkTarget }) => [name, kind, mode, size, linkTarget]);
    expect(described(whole)).toEqual(described(entries));
    expect(whole[0]).toMatchObject({ user: 7, group: 8, modified: new Date(1000) });
    expect(whole[1]?.text).toBe('text');
    expect(whole.at(-2)).toMatchObject({ user: 3_000_000, group: 4_000_000_000 });
    expect(whole.at(-1)).toMatchObject({ modified: new Date(-86_400_000) });
    for (const length of [1, 7, 511, 512, 513, 1 << 20])
      expect(await read(bytes, length)).toEqual(whole);
  });

  test('needs no extended header for a long path that can be split', async () => {
    const bytes = await bytesOf(packTar([fileEntry(`${'p/'.repeat(70)}name`, '')]));
    expect(bytes.length).toBe(3 * 512);
  });

  test('is read by another program as it was written', async () => {
    const found: unknown[] = [];
    const reader = extract();
    Readable.from(packTar(entries)).pipe(reader);
    for await (const entry of reader) {
      const { name, type, mode, size, linkname } = entry.header;
      found.push({ name: name.replace(/\/$/, ''), type, mode, size, linkname });
      entry.resume();
    }
    const types = { file: 'file', directory: 'directory', link: 'symlink', hardlink: 'link', other: 'fifo' }; // prettier-ignore
    expect(found).toEqual(
      entries.map(({ name, kind, mode, size, linkTarget = null }) => ({
        name,
        type: types[kind],
        mode,
        size,
        linkname: linkTarget,
      })),
    );
  });

  test('of another program is read as it was written', async () => {
    const writer = pack();
    writer.entry({ name: 'a', mode: 0o600, mtime: new Date(5000), uid: 9, gid: 10 }, 'content');
    writer.entry({ name: `${'é'.repeat(150)}/`, type: 'directory' });
    writer.entry({ name: 's', type: 'symlink', linkname: 'ü' });
    writer.finalize();
    expect(await read(await bytesOf(writer as AsyncIterable<Uint8Array>))).toMatchObject([
      { name: 'a', kind: 'file', mode: 0o600, modified: new Date(5000), user: 9, group: 10, text: 'content' },
      { name: 'é'.repeat(150), kind: 'directory' },
      { name: 's', kind: 'link', linkTarget: 'ü' },
    ]); // prettier-ignore
  });

  test('keeps the bytes of names that are not UTF-8', async () => {
    const nameBytes = Buffer.from('a\xffb', 'latin1');
    const linkTargetBytes = Buffer.from('\xfe', 'latin1');
    const odd: TarEntry = {
      name: nameBytes.toString(),
      nameBytes,
      kind: 'link',
      mode: 0o777,
      size: 0,
      linkTarget: linkTargetBytes.toString(),
      linkTargetBytes,
    };
    const [entry] = await read(await bytesOf(packTar([odd])));
    expect(entry).toMatchObject(odd);
  });

  test('may contain names and numbers in the formats of GNU tar', async () => {
    const long = 'x'.repeat(300);
    const bytes = rawArchive(
      { name: '././@LongLink', type: 'L', content: `${long}\0`, magic: 'ustar  \0' },
      { name: 'short', content: 'a', magic: 'ustar  \0', size: '\x80\0\0\0\0\0\0\0\0\0\0\x01' },
      { name: 'sparse', type: 'S', magic: 'ustar  \0', content: 'b' },
      { name: 'old', magic: '\0', content: 'c' },
      { name: 'directory/', content: '' },
      { name: 'name', prefix: 'prefix', content: 'd' },
    );
    expect(await read(bytes)).toMatchObject([
      { name: long, kind: 'file', text: 'a' },
      { name: 'sparse', kind: 'other' },
      { name: 'old', text: 'c' },
      { name: 'directory', kind: 'directory' },
      { name: 'prefix/name', text: 'd' },
    ]);
  });

  test('continues at the next entry if content was not read, or only a part of it', async () => {
    const bytes = await bytesOf(packTar([fileEntry('a', 'x'.repeat(2000)), fileEntry('b', 'y')]));
    const names: string[] = [];
    for await (const { name, content } of unpackTar(inChunks(bytes, 600))) {
      names.push(name);
      const chunks = content?.()[Symbol.asyncIterator]();
      if (name === 'a') await chunks?.next();
    }
    expect(names).toEqual(['a', 'b']);
  });

  test('is read up to where it is damaged', async () => {
    const bytes = Buffer.concat([
      rawEntry({ name: 'a', content: 'x' }),
      Buffer.alloc(512, 'no header'),
    ]);
    const names: string[] = [];
    const reading = (async () => {
      for await (const { name } of unpackTar(inChunks(bytes))) names.push(name);
    })();
    await expect(reading).rejects.toMatchObject({
      message: 'The archive from the engine is damaged',
    });
    expect(names).toEqual(['a']);
  });

  test('is incomplete wherever it is cut', async () => {
    const bytes = await bytesOf(packTar([fileEntry('a', 'x'.repeat(600)), fileEntry('b', '')]));
    const end = bytes.length - 1024;
    for (let length = 0; length <= end; length += 64)
      await expect(read(bytes.subarray(0, length)), String(length)).rejects.toMatchObject({
        name: 'EngineError',
        message: 'The archive from the engine is incomplete',
      });
  });

  test.each<[string, Buffer]>([
    ['a wrong checksum', rawArchive({ name: 'a', checksum: '000001\0 ' })],
    ['a size that is not a number', rawArchive({ name: 'a', size: '9zzzzzzzzzz' })],
    ['a negative size', rawArchive({ name: 'a', size: '\xff'.repeat(12) })],
    ['a size above 2^53', rawArchive({ name: 'a', size: `\x80\0\0\xff${'\xff'.repeat(8)}` })],
    ['an extended header above 1 MiB', rawArchive({ name: 'a', type: 'x', size: 2 ** 21 })],
    ['an extended header that is not a list', rawArchive({ name: 'a', type: 'x', content: 'what' })],
    ['a record longer than its header', rawArchive({ name: 'a', type: 'x', content: '999 path=a\n' })],
    ['a record of length 0', rawArchive({ name: 'a', type: 'x', content: '0 path=a\n' })],
    ['a path with a null character', rawArchive(extendedHeader({ path: 'a\0b' }), { name: 'a' })],
    ['a size that is not a number', rawArchive(extendedHeader({ size: '1e3' }), { name: 'a' })],
    ['one block of zeros before other data', Buffer.concat([Buffer.alloc(512), rawEntry({ name: 'a' })])],
    ['an HTML page', Buffer.from('<html>'.repeat(200))],
  ])('is damaged if it contains %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({
      name: 'EngineError',
      message: 'The archive from the engine is damaged',
    });
  }); // prettier-ignore

  test('cannot be written if a file has another size than its entry', async () => {
    for (const content of ['abc', 'a'])
      await expect(
        bytesOf(packTar([{ ...fileEntry('a', content), size: 2 }])),
      ).rejects.toMatchObject({ name: 'EngineError' });
  });

  test('ends the stream that it is read from', async () => {
    let ended = false;
    async function* endless() {
      try {
        yield rawEntry({ name: 'a', content: 'x' });
        for (;;) yield await Promise.resolve(Buffer.alloc(512));
      } finally {
        ended = true;
      }
    }
    for await (const entry of unpackTar(endless())) expect(entry.name).toBe('a');
    expect(ended).toBe(true);
  });
});
