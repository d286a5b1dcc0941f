import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { contextOf, nothing } from '../../../../test/asked.ts';
import { accepted, behindBlank, labels } from '../../../../test/completed.ts';
import type { Outside } from '../outside.ts';

const root = ['app.py', 'tool.py', 'README.md'];
const outside: Outside = {
  ...nothing,
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
  test('of what the stage can start: its scripts, its packages, its image', async () => {
    expect(await labels(`${node}ENTRYPOINT ‸`)).toEqual([
      '["/usr/local/bin/entrypoint.sh"]',
      '["node", "index.js"]',
      '["npm", "start"]',
    ]);
    const debian = 'FROM debian\nRUN apt-get install -y nginx tini\n';
    expect((await labels(`${debian}CMD ‸`))[0]).toBe('["nginx", "-g", "daemon off;"]');
    expect((await labels(`${debian}ENTRYPOINT ‸`))[0]).toBe('["tini", "--"]');
    expect(await labels('FROM scratch\nCMD ‸')).toEqual([]);
  });
  test('the file is one that was copied, else to be filled in', async () => {
    const all = 'FROM python:3.13\nCOPY . /app/\n';
    expect((await labels(`${all}CMD ‸`, outside))[0]).toBe('["python", "app.py"]');
    expect(await accepted('FROM python:3.13\nCMD ‸', '["python", "main.py"]')).toBe(
      'FROM python:3.13\nCMD ["python", "main.py"]',
    );
  });
  test('what an editor has closed is not closed twice', async () => {
    for (const written of ['‸', '[‸', '["‸', '[‸]', '["‸"]', '["n‸"]'])
      expect(await accepted(`${node}CMD ${written}`, '["npm", "start"]'), written).toBe(
        `${node}CMD ["npm", "start"]`,
      );
    expect(await accepted(`${node}CMD ["‸"`, '["npm", "start"]')).toBe(
      `${node}CMD ["npm", "start"`,
    );
  });
  test('a blank brings them for SHELL alone: there is no other form', async () => {
    expect(await behindBlank('FROM a\nSHELL ‸')).toContain('["/bin/sh", "-c"]');
    expect(await behindBlank('FROM a\nCMD ‸')).toEqual([]);
    expect(await labels('FROM a\nCMD x ‸')).toEqual([]);
    expect(await labels('FROM a\nCMD‸')).not.toContain('["sh", "-c"]');
  });
});

describe('elements', () => {
  test('with the quotes and the comma that are missing', async () => {
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
      expect(await accepted(`${node}CMD ${written}`, 'index.js'), written).toBe(
        `${node}CMD ${done}`,
      );
  });
  test('none right behind a string, and behind the end of the array', async () => {
    expect(await labels(`${node}CMD ["node"‸`)).toEqual([]);
    expect(await labels(`${node}CMD ["node"] ‸`)).toEqual([]);
  });
  test('subcommands and options of programs that are known', async () => {
    expect(await labels(`${node}CMD ["npm", "‸"]`)).toContain('run');
    expect((await labels('FROM a\nRUN ["apt-get", "‸"]')).slice(0, 2)).toEqual([
      'update',
      'install',
    ]);
    expect((await labels('FROM nginx\nHEALTHCHECK CMD ["nginx", "‸"]'))[0]).toBe('-g');
    expect(await labels('FROM nginx\nCMD ["nginx", "-g", "‸"]')).toEqual(['daemon off;']);
  });
  test('programs that most images have, for those who begin to write one', async () => {
    expect(await labels('FROM a\nENTRYPOINT ["/bin/‸')).toContain('/bin/bash');
    expect(await labels('FROM a\nENTRYPOINT ["‸')).not.toContain('/bin/bash');
  });
  test('of SHELL, as shells of the table go on', async () => {
    const next = (found: readonly string[]): readonly string[] =>
      found.filter((label) => !label.startsWith('['));
    expect(next(await labels('FROM a\nSHELL ["/bin/bash", "‸"]'))).toEqual(['-o', '-c', '-euxo']);
    expect(await labels('FROM a\nSHELL ["/bin/bash", "-o", ‸')).toEqual([
      '["/bin/bash", "-o", "pipefail", "-c"]',
      'pipefail',
    ]);
  });
  test('of VOLUME folders that are not there yet', async () => {
    const found = await labels('FROM a\nWORKDIR /srv/x\nVOLUME ["/data", "‸"]');
    expect(found[0]).toBe('/srv/x');
    expect(found).not.toContain('/data');
  });
  test('of COPY and ADD paths, those with blanks too', async () => {
    const folders: Outside = {
      ...nothing,
      context: contextOf((_, folder) =>
        Promise.resolve(
          folder === 'my files'
            ? [{ name: 'a "b".txt', folder: false, ignored: false }]
            : [{ name: 'my files', folder: true, ignored: false }],
        ),
      ),
    };
    const taken = (source: string, label: string): Promise<string> =>
      accepted(`FROM a\n${source}`, label, { outside: folders });
    expect(await taken('COPY ["‸"]', 'my files/')).toBe('FROM a\nCOPY ["my files/"]');
    expect(await taken('COPY [‸', 'my files/')).toBe('FROM a\nCOPY ["my files/"');
    expect(await taken('ADD ["my files/‸", "/x"]', 'a "b".txt')).toBe(
      'FROM a\nADD ["my files/a \\"b\\".txt", "/x"]',
    );
    expect(await taken('COPY ["a", "‸"]', './')).toBe('FROM a\nCOPY ["a", "./"]');
    expect(await labels('FROM a AS x\nWORKDIR /w\nFROM b\nCOPY --from=x ["‸"]')).toContain('/w/');
  });
  test('a test of the shell is no array', async () => {
    expect(await labels('FROM a\nRUN [ -f x‸ ]')).toEqual([]);
    expect(await labels('FROM a\nRUN [ "‸')).toEqual([]);
    expect(await labels('FROM nginx\nRUN [ "sh", "‸" ]')).toContain('-c');
  });
});
