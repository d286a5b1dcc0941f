import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unpackTar, type TarEntry } from '../tar.ts';
import { createContext } from './context.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-context-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
}

async function readContext(
  dockerfile = 'Dockerfile',
  root = '.',
): Promise<Map<string, TarEntry & { text: string }>> {
  const found = new Map<string, TarEntry & { text: string }>();
  const { tar } = await createContext(join(directory, root), join(directory, dockerfile));
  for await (const entry of unpackTar(tar)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.content?.() ?? []) chunks.push(chunk);
    found.set(entry.name, { ...entry, text: Buffer.concat(chunks).toString() });
  }
  return found;
}

const names = async (...given: Parameters<typeof readContext>) => [
  ...(await readContext(...given)).keys(),
];

describe('the build context', () => {
  test('contains all files, links and modes of the directory', async () => {
    await write({ Dockerfile: 'FROM a', 'src/run.sh': 'x', empty: '' });
    await chmod(join(directory, 'src/run.sh'), 0o751);
    await symlink('../elsewhere', join(directory, 'src/link'));
    const found = await readContext();
    expect([...found.keys()]).toEqual(['Dockerfile', 'empty', 'src', 'src/link', 'src/run.sh']);
    expect(found.get('src/run.sh')).toMatchObject({ mode: 0o751, text: 'x', user: 0, group: 0 });
    expect(found.get('src/link')).toMatchObject({ kind: 'link', linkTarget: '../elsewhere' });
  });

  test('does not contain ignored files, except those that the builder reads', async () => {
    await write({
      Dockerfile: 'FROM a',
      '.dockerignore': '# all\n*\n!src\nsrc/*.log\n \n!src/keep.log\n/lib/',
      'src/a.ts': '',
      'src/x.log': '',
      'src/keep.log': '',
      'lib/x': '',
      'secret/deep/x': '',
    });
    expect(await names()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'src',
      'src/a.ts',
      'src/keep.log',
    ]);
  });

  test('contains exceptions below an ignored directory', async () => {
    await write({
      Dockerfile: '',
      '.dockerignore': 'a\n!a/b/c\nx\n!**/keep.txt',
      'a/b/c': '',
      'a/b/d': '',
      'x/y/keep.txt': '',
      'x/y/z': '',
    });
    const found = await names();
    expect(found).toContain('a/b/c');
    expect(found).not.toContain('a/b/d');
    expect(found).toContain('x/y/keep.txt');
    expect(found).not.toContain('x/y/z');
  });

  test('uses the ignore file of the Dockerfile instead of that of the directory', async () => {
    await write({
      'docker/app.Dockerfile': '',
      'docker/app.Dockerfile.dockerignore': 'secret',
      '.dockerignore': '*',
      secret: '',
      open: '',
    });
    const found = await names('docker/app.Dockerfile');
    expect(found).toContain('open');
    expect(found).toContain('docker/app.Dockerfile');
    expect(found).not.toContain('secret');
  });

  test('contains a Dockerfile from another directory under a random name', async () => {
    await write({
      'Dockerfile.x': 'FROM outside',
      'in/Dockerfile': 'FROM inside',
      'in/.dockerignore': '*',
    });
    const { dockerfile } = await createContext(
      join(directory, 'in'),
      join(directory, 'Dockerfile.x'),
    );
    expect(dockerfile).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/);
    const found = await readContext('Dockerfile.x', 'in');
    const texts = [...found.values()].map(({ text }) => text);
    expect(texts).toContain('FROM outside');
    expect(texts).not.toContain('FROM inside');
  });

  test.each(['[a', '[z-a]', '!'])('reports %j, which is not a valid pattern', async (pattern) => {
    await write({ Dockerfile: '', '.dockerignore': pattern, a: '' });
    await expect(names()).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringMatching(/pattern/) as string,
    });
  });

  test('ends soon for a pattern with many stars', async () => {
    await write({ Dockerfile: '', '.dockerignore': `${'*a'.repeat(25)}c`, ['a'.repeat(60)]: '' });
    expect(await names()).toContain('a'.repeat(60));
  });

  test('is read to the end of large files', async () => {
    await write({ Dockerfile: '', large: 'x'.repeat(3_000_001) });
    expect((await readContext()).get('large')?.text.length).toBe(3_000_001);
  });
});

test('reports a Dockerfile that does not exist', async () => {
  await expect(createContext(directory, join(directory, 'Dockerfile'))).rejects.toMatchObject({
    name: 'EngineError',
    message: expect.stringMatching(
      /Could not read .*Dockerfile: the file does not exist/,
    ) as string,
  });
});
