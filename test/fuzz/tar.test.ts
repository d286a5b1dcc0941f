import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { copyOut } from '../../client/src/copy/copy.ts';
import { platformRules } from '../../client/src/copy/name-rules.ts';
import { splitLinkTarget, splitName } from '../../client/src/copy/names.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { unpackTar } from '../../client/src/engine/tar.ts';
import { fakeEngine } from '../fake-engine/fake-engine.ts';
import { checksumOf, extendedHeader, inChunks, rawArchive, rawEntry } from '../tar-archive.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const names = ['app', '/', '/', 'a', 'A', 'b', '.', '..', 'l', 'CON', 'x:y', '\\', '\xff', '\xc3\xa9', 'e\xcc\x81', '\n', '\x1b[2J', ' ', '\0', 'etc/passwd', 'long'.repeat(40)] as const; // prettier-ignore
const types = ['0', '0', '0', '0', '5', '5', '2', '2', '1', '1', '3', '6', '7', 'x', 'g', 'L', 'K', 'S', 'Z', '\0', '\x80'] as const; // prettier-ignore
const records = ['path', 'linkpath', 'size', 'mtime', 'uid', 'gid', 'GNU.sparse.major', '', 'é'] as const; // prettier-ignore
const values = ['1', '-1', '0', '1e9', '99999999999999999999', '0x10', '1.5', 'a\n', 'NaN', ''] as const; // prettier-ignore

/** Mostly below `app`, which is what is asked for. */
function randomName(next: Next): string {
  return (next() < 0.7 ? 'app/' : '') + joined(next, names, 5);
}

function randomEntry(next: Next): Buffer {
  if (next() < 0.2) {
    const key = pick(next, records);
    const value = /path/.test(key) ? randomName(next) : pick(next, values);
    return extendedHeader({ [key]: value }, pick(next, ['x', 'x', 'x', 'g']));
  }
  const entry = rawEntry({
    name: randomName(next),
    type: pick(next, types),
    link: randomName(next),
    content: pick(next, ['', '', 'x', 'y'.repeat(513), '12 path=a/b\n', '9 path=\n']),
    mode: Math.floor(next() * 0o10000),
    magic: pick(next, ['ustar\x0000', 'ustar\x0000', 'ustar  \0', '\0']),
    ...(next() < 0.1 && { prefix: randomName(next) }),
    ...(next() < 0.1 && { size: pick(next, [1, 511, 512, 100_000, '\x80\0\0\x01', '\xff'.repeat(12), '-1', '7777777777777']) }),
  }); // prettier-ignore
  if (next() < 0.1) {
    // A changed header with a checksum that fits.
    entry[Math.floor(next() * 512)] = Math.floor(next() * 256);
    if (next() < 0.8) entry.write(checksumOf(entry), 148, 'latin1');
  }
  return entry;
}

interface Input {
  readonly bytes: Buffer;
  readonly chunk: number;
}

function randomArchive(next: Next): Input {
  const entries = Array.from({ length: Math.floor(next() * 6) }, () => randomEntry(next));
  const head = next() < 0.8 ? [rawEntry({ name: 'app/', type: '5' })] : [];
  const whole = rawArchive(...head, ...entries);
  const length = next() < 0.2 ? Math.floor(next() * whole.length) : whole.length;
  const bytes = Buffer.from(whole.subarray(0, length));
  if (next() < 0.1) bytes[Math.floor(next() * length)] = Math.floor(next() * 256);
  return { bytes, chunk: pick(next, [97, 511, 512, 600, 4096]) };
}

/** What the archive contains, as text, or the message of the error. */
async function contents(bytes: Buffer, chunk: number): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const entry of unpackTar(inChunks(bytes, chunk))) {
      let size = 0;
      for await (const part of entry.content?.() ?? []) size += part.length;
      found.push(`${entry.kind} ${entry.name} ${entry.linkTarget ?? ''} ${entry.size} ${size}`);
      const safe = [splitName(entry), entry.kind === 'hardlink' ? splitLinkTarget(entry) : []];
      const isWrong = (part: string): boolean =>
        ['', '.', '..'].includes(part) || part.includes('/') || part.lastIndexOf('\0') > 0;
      if (safe.flat().some(isWrong)) found.push('unsafe');
      if (size > bytes.length || (entry.kind === 'file' && size !== entry.size)) found.push('size');
    }
  } catch (error) {
    if (!isEngineError(error)) throw error;
    found.push(error.message);
  }
  return found;
}

test('any archive has the same entries in chunks of any length, or is rejected with a sentence', async () => {
  await forEachInput(randomArchive, async ({ bytes, chunk }) => {
    const whole = await contents(bytes, bytes.length);
    if (whole.includes('unsafe') || whole.includes('size')) return whole.join('\n');
    if (whole.length > bytes.length / 512 + 1) return `${whole.length} entries`;
    const inParts = await contents(bytes, chunk);
    return inParts.join('\n') === whole.join('\n') ? undefined : inParts.join('\n');
  });
});

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-fuzz-'));
  await mkdir(join(home, 'outside'));
});
afterAll(() => rm(home, { recursive: true }));

test('nothing is written outside the folder, and all errors are sentences', async () => {
  const { engine } = fakeEngine({ containers: [{ name: 'web', files: { '/app/a': '' } }] });
  const rules = [platformRules('linux'), platformRules('win32'), platformRules('darwin')] as const;
  let turn = 0;
  await forEachInput(
    randomArchive,
    async ({ bytes, chunk }) => {
      const target = join(home, 'in');
      await mkdir(target);
      const nameRules = rules[turn++ % 3];
      const path = turn % 2 === 0 ? '/app' : '/app/.';
      const copied = await copyOut(
        { ...engine, readArchive: () => inChunks(bytes, chunk) },
        { container: 'web', path, target },
        {
          signal: new AbortController().signal,
          report: () => undefined,
          confirmOverwrite: () => Promise.resolve(true),
          ...(nameRules && { nameRules }),
        },
      ).catch((error: unknown) => {
        if (isEngineError(error)) return undefined;
        throw error;
      });
      const left = await readdir(target);
      const { mode } = await stat(target);
      await rm(target, { recursive: true });
      const around = [...(await readdir(home)), ...(await readdir(join(home, 'outside')))];
      if (around.join() !== 'outside') return around.join();
      if (mode % 0o1000 !== 0o755) return `mode ${mode.toString(8)}`;
      if (left.some((name) => name.startsWith('.drydock'))) return 'staging directory';
      if (copied === undefined && left.length > 0) return left.join();
      return undefined;
    },
    0.02,
  );
});
