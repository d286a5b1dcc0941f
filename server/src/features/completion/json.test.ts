import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { contextOf, emptyOutside } from '../../../../test/marked-document.ts';
import { accept, labelsAfterSpace, labelsAt } from '../../../../test/completion-items.ts';
import type { Outside } from '../outside.ts';

const root = ['app.py', 'tool.py', 'README.md'];
const outside: Outside = {
  ...emptyOutside,
  context: contextOf((_, folder) =>
    Promise.resolve(
      folder === '' ? root.map((name) => ({ name, folder: false, ignored: false })) : [],
    ),
  ),
};

const node = dockerfile`
  FROM node:22
  WORKDIR /app
  COPY entrypoint.sh /usr/local/bin/
  COPY package.json index.js ./
`;

describe('whole arrays', () => {
  test('offers commands that the stage can start, from its scripts, packages and image', async () => {
    expect(await labelsAt(`${node}ENTRYPOINT ‸`)).toEqual([
      '["/usr/local/bin/entrypoint.sh"]',
      '["node", "index.js"]',
      '["npm", "start"]',
    ]);
    const debian = 'FROM debian\nRUN apt-get install -y nginx tini\n';
    expect((await labelsAt(`${debian}CMD ‸`))[0]).toBe('["nginx", "-g", "daemon off;"]');
    expect((await labelsAt(`${debian}ENTRYPOINT ‸`))[0]).toBe('["tini", "--"]');
    expect(await labelsAt('FROM scratch\nCMD ‸')).toEqual([]);
  });
  test('uses a copied file, or else a placeholder', async () => {
    const all = 'FROM python:3.13\nCOPY . /app/\n';
    expect((await labelsAt(`${all}CMD ‸`, outside))[0]).toBe('["python", "app.py"]');
    expect(await accept('FROM python:3.13\nCMD ‸', '["python", "main.py"]')).toBe(
      'FROM python:3.13\nCMD ["python", "main.py"]',
    );
  });
  test('does not repeat closing characters that the editor inserted', async () => {
    for (const written of ['‸', '[‸', '["‸', '[‸]', '["‸"]', '["n‸"]'])
      expect(await accept(`${node}CMD ${written}`, '["npm", "start"]'), written).toBe(
        `${node}CMD ["npm", "start"]`,
      );
    expect(await accept(`${node}CMD ["‸"`, '["npm", "start"]')).toBe(`${node}CMD ["npm", "start"`);
  });
  test('a space triggers arrays only for SHELL, which has no other form', async () => {
    expect(await labelsAfterSpace('FROM a\nSHELL ‸')).toContain('["/bin/sh", "-c"]');
    expect(await labelsAfterSpace('FROM a\nCMD ‸')).toEqual([]);
    expect(await labelsAt('FROM a\nCMD x ‸')).toEqual([]);
    expect(await labelsAt('FROM a\nCMD‸')).not.toContain('["sh", "-c"]');
  });
});

describe('elements', () => {
  test('adds missing quotes and commas', async () => {
    for (const [written, done] of [
      ['["node", "‸"]', '["node", "index.js"]'],
      ['["node", "‸', '["node", "index.js"'],
      ['["node", ‸]', '["node", "index.js"]'],
      ['["node", ind‸', '["node", "index.js"'],
      ["['node', 'ind‸", '[\'node\', "index.js"'],
      ['["node" ‸', '["node" , "index.js"'],
      ['["node", \\\n  "‸"]', '["node", \\\n  "index.js"]'],
      ['["node", "‸, "x"]', '["node", "index.js", "x"]'],
    ] as const)
      expect(await accept(`${node}CMD ${written}`, 'index.js'), written).toBe(`${node}CMD ${done}`);
  });
  test('offers nothing directly after a string and after the end of the array', async () => {
    expect(await labelsAt(`${node}CMD ["node"‸`)).toEqual([]);
    expect(await labelsAt(`${node}CMD ["node"] ‸`)).toEqual([]);
  });
  test('offers subcommands and options of known programs', async () => {
    expect(await labelsAt(`${node}CMD ["npm", "‸"]`)).toContain('run');
    expect((await labelsAt('FROM a\nRUN ["apt-get", "‸"]')).slice(0, 2)).toEqual([
      'update',
      'install',
    ]);
    expect((await labelsAt('FROM nginx\nHEALTHCHECK CMD ["nginx", "‸"]'))[0]).toBe('-g');
    expect(await labelsAt('FROM nginx\nCMD ["nginx", "-g", "‸"]')).toEqual(['daemon off;']);
  });
  test('offers programs of most images once a letter is typed', async () => {
    expect(await labelsAt('FROM a\nENTRYPOINT ["/bin/‸')).toContain('/bin/bash');
    expect(await labelsAt('FROM a\nENTRYPOINT ["‸')).not.toContain('/bin/bash');
  });
  test('offers the next elements of known shells for SHELL', async () => {
    const next = (found: readonly string[]): readonly string[] =>
      found.filter((label) => !label.startsWith('['));
    expect(next(await labelsAt('FROM a\nSHELL ["/bin/bash", "‸"]'))).toEqual(['-o', '-c', '-euxo']);
    expect(await labelsAt('FROM a\nSHELL ["/bin/bash", "-o", ‸')).toEqual([
      '["/bin/bash", "-o", "pipefail", "-c"]',
      'pipefail',
    ]);
  });
  test('offers directories for VOLUME that are not listed yet', async () => {
    const found = await labelsAt('FROM a\nWORKDIR /srv/x\nVOLUME ["/data", "‸"]');
    expect(found[0]).toBe('/srv/x');
    expect(found).not.toContain('/data');
  });
  test('offers paths for COPY and ADD, including those with spaces', async () => {
    const folders: Outside = {
      ...emptyOutside,
      context: contextOf((_, folder) =>
        Promise.resolve(
          folder === 'my files'
            ? [{ name: 'a "b".txt', folder: false, ignored: false }]
            : [{ name: 'my files', folder: true, ignored: false }],
        ),
      ),
    };
    const taken = (source: string, label: string): Promise<string> =>
      accept(`FROM a\n${source}`, label, { outside: folders });
    expect(await taken('COPY ["‸"]', 'my files/')).toBe('FROM a\nCOPY ["my files/"]');
    expect(await taken('COPY [‸', 'my files/')).toBe('FROM a\nCOPY ["my files/"');
    expect(await taken('ADD ["my files/‸", "/x"]', 'a "b".txt')).toBe(
      'FROM a\nADD ["my files/a \\"b\\".txt", "/x"]',
    );
    expect(await taken('COPY ["a", "‸"]', './')).toBe('FROM a\nCOPY ["a", "./"]');
    expect(await labelsAt('FROM a AS x\nWORKDIR /w\nFROM b\nCOPY --from=x ["‸"]')).toContain('/w/');
  });
  test('does not treat the shell command `[` as an array', async () => {
    expect(await labelsAt('FROM a\nRUN [ -f x‸ ]')).toEqual([]);
    expect(await labelsAt('FROM a\nRUN [ "‸')).toEqual([]);
    expect(await labelsAt('FROM nginx\nRUN [ "sh", "‸" ]')).toContain('-c');
  });
});
