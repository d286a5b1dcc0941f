import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { RecordedPage } from '../../../test/recorded-page.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import showContext from '../commands/dockerfile/build-context.ts';
import createIgnore from '../commands/dockerfile/create-ignore.ts';
import { isFromContext, type FromContext, type ShownPart, type ToContext } from './page.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** A directory with these files; a number is a size. */
function folderWith(files: Readonly<Record<string, string | number>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-view-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : 'x'.repeat(content));
  }
  return folder;
}

const shop = {
  Dockerfile: 'FROM alpine\nCOPY package.json /\nCOPY src/*.ts /src/\n',
  '.dockerignore': '# all\nnode_modules\n!node_modules/keep\n*.log\n',
  'package.json': 300,
  'src/a.ts': 1000,
  'src/notes.md': 4000,
  'node_modules/big.js': 90_000,
  'node_modules/keep/x.js': 500,
  'build.log': 7000,
};
const needs: ContextNeeds = {
  sources: [
    { source: 'package.json', isMount: false, line: 1 },
    { source: 'src/*.ts', isMount: false, line: 2 },
  ],
  isComplete: true,
};

class Trial {
  readonly page = new RecordedPage<ToContext, FromContext>();
  readonly folder: string;
  readonly recording;
  readonly changed: (() => void)[] = [];
  readonly run: Promise<void>;
  readonly texts = new Map<string, string>();

  constructor(
    files: Readonly<Record<string, string | number>>,
    found: ContextNeeds | undefined = needs,
    answers: readonly string[] = [],
  ) {
    this.folder = folderWith(files);
    const { folder } = this;
    this.recording = recordingEditor(answers, {
      openPage: this.page.openPage,
      workspaceFolderOf: () => folder,
      openText: (path) => this.texts.get(path),
      onDocumentChange: (_, changed) => {
        this.changed.push(changed);
        return () => undefined;
      },
    });
    const tools = toolsFor(fakeEngine({}).engine, this.recording.editor, {
      contextNeeds: () => Promise.resolve(found),
    });
    this.run = showContext.run([], tools, { paths: [join(folder, 'Dockerfile')] });
  }

  /** Waits for a message of this kind that was not returned before. */
  async next<K extends ToContext['kind']>(kind: K): Promise<Extract<ToContext, { kind: K }>> {
    const { posted } = this.page;
    await expect.poll(() => posted.some((message) => message.kind === kind)).toBe(true);
    const at = posted.findIndex((message) => message.kind === kind);
    const [message] = posted.splice(0, at + 1).slice(-1);
    return message as Extract<ToContext, { kind: K }>;
  }

  async start(): Promise<Extract<ToContext, { kind: 'show' }>> {
    await expect.poll(() => this.page.wasOpened).toBe(true);
    this.page.send({ kind: 'ready' });
    return this.next('show');
  }

  /** Rows of a directory as `name size files reason`. */
  async rows(part: ShownPart, of = -1): Promise<readonly string[]> {
    this.page.send({ kind: 'rows', of, part, most: 200 });
    const { rows } = await this.next('rows');
    return rows.map(({ name, size, files, reason }) =>
      [name, size, files, reason?.text, reason?.place?.label].filter((one) => one).join(' '),
    );
  }
}

describe('the view of a build context', () => {
  test('shows what is included, what is excluded by which line, and what no instruction reads', async () => {
    const trial = new Trial(shop);
    const { summary } = await trial.start();
    expect(
      summary.numbers.map(({ label, value, note }) => `${label}: ${value}, ${note ?? ''}`),
    ).toEqual([
      'Build context: 5.9 kB, 6 files',
      'Read by instructions: 1.4 kB, 4 files',
      'Not used: 4.5 kB, 2 files',
      'Excluded: 97 kB, 2 files',
    ]);
    expect(await trial.rows('included')).toEqual([
      'src 5 kB 2',
      'node_modules 500 B 1 in part',
      'package.json 300 B Read by an instruction line 2',
      'Dockerfile 52 B Read by the builder',
      '.dockerignore 44 B Read by the builder',
    ]);
    expect(await trial.rows('excluded')).toEqual([
      'node_modules 90 kB 1 Excluded by `node_modules` line 2',
      'build.log 7 kB Excluded by `*.log` line 4',
    ]);
    expect(await trial.rows('unused')).toEqual(['src 4 kB 1 in part', 'node_modules 500 B 1']);
    expect(summary.unused.map(({ path }) => path)).toEqual(['src/notes.md', 'node_modules']);
    expect(summary.patterns.map(({ pattern, place, size }) => [pattern, place.line, size])).toEqual(
      [
        ['node_modules', 1, '90 kB'],
        ['*.log', 3, '7 kB'],
      ],
    );
    trial.page.close();
    await trial.run;
  });

  test('says why a path is included or excluded', async () => {
    const trial = new Trial(shop);
    await trial.start();
    const why = async (path: string): Promise<string> => {
      trial.page.send({ kind: 'find', path });
      const { reason } = await trial.next('answer');
      return `${reason.text} ${reason.place?.file ?? ''} ${reason.place?.label ?? ''}`.trim();
    };
    expect(await why('/node_modules/big.js')).toBe('Excluded by `node_modules` ignore line 2');
    expect(await why('node_modules/keep/x.js')).toBe(
      'Included again by `!node_modules/keep` ignore line 3',
    );
    expect(await why('./src/a.ts')).toBe('Read by an instruction dockerfile line 3');
    expect(await why('src/notes.md')).toBe('In the build context; no instruction reads it');
    expect(await why('none')).toBe('This path does not exist in the directory.');
    trial.page.close();
  });

  test('follows links that instructions read', async () => {
    const trial = new Trial(
      { ...shop, 'data/real.txt': 10 },
      {
        sources: [{ source: 'link', isMount: false, line: 1 }],
        isComplete: true,
      },
    );
    symlinkSync('data', join(trial.folder, 'link'));
    const { summary } = await trial.start();
    expect(summary.unused.map(({ path }) => path)).not.toContain('data');
    trial.page.close();
  });

  test('does not say what is unused if the sources are not known', async () => {
    const trial = new Trial(shop, { sources: [], isComplete: false });
    const { summary } = await trial.start();
    expect(summary.numbers.map(({ label }) => label)).toEqual(['Build context', 'Excluded']);
    expect(await trial.rows('unused')).toEqual([]);
    trial.page.close();
  });

  test('uses the ignore file of the Dockerfile instead of the one of the context', async () => {
    const trial = new Trial({ ...shop, 'Dockerfile.dockerignore': 'src\n' });
    const { summary } = await trial.start();
    expect(summary.facts.at(-1)?.text).toBe('Dockerfile.dockerignore');
    expect(await trial.rows('excluded')).toEqual(['src 5 kB 2 Excluded by `src` line 1']);
    trial.page.close();
  });

  test('adds a path to the ignore file, and shows the result', async () => {
    const trial = new Trial({ ...shop, '.dockerignore': 'node_modules' });
    await trial.start();
    trial.page.send({ kind: 'rows', of: -1, part: 'included', most: 200 });
    const { rows } = await trial.next('rows');
    trial.page.send({ kind: 'exclude', id: rows.find(({ name }) => name === 'src')?.id ?? -1 });
    await trial.next('show');
    expect(readFileSync(join(trial.folder, '.dockerignore'), 'utf8')).toBe('node_modules\nsrc\n');
    expect(await trial.rows('excluded')).toContain('src 5 kB 2 Excluded by `src` line 2');
    trial.page.close();
  });

  test('reads unsaved texts, and reads again when they change', async () => {
    const trial = new Trial(shop);
    await trial.start();
    trial.texts.set(join(trial.folder, '.dockerignore'), 'src\n');
    trial.changed.at(-1)?.();
    await trial.next('show');
    expect(await trial.rows('excluded')).toEqual(['src 5 kB 2 Excluded by `src` line 1']);
    trial.page.close();
  });

  test('names the line of a pattern that fails the build', async () => {
    const trial = new Trial({ ...shop, '.dockerignore': 'ok\na[\n' });
    await expect.poll(() => trial.page.wasOpened).toBe(true);
    trial.page.send({ kind: 'ready' });
    const { message } = await trial.next('failure');
    expect(message).toMatch(/^Line 2 of .*\.dockerignore is not a valid pattern/);
    trial.page.close();
  });

  test('opens lines of the ignore file and of the Dockerfile', async () => {
    const trial = new Trial(shop);
    const { folder, recording, page } = trial;
    await trial.start();
    page.send({ kind: 'go', file: 'ignore', line: 3 });
    page.send({ kind: 'go', file: 'dockerfile', line: 1 });
    page.send({ kind: 'ignoreFile' });
    await expect
      .poll(() => recording.seen)
      .toEqual([
        `line: ${folder}/.dockerignore:3`,
        `line: ${folder}/Dockerfile:1`,
        `line: ${folder}/.dockerignore:0`,
      ]);
    page.close();
    await trial.run;
  });

  test('shows another directory', async () => {
    const trial = new Trial(shop, needs, ['Another Directory…', join(tmpdir(), 'none')]);
    await trial.start();
    trial.page.send({ kind: 'chooseFolder' });
    const { summary } = await trial.next('show');
    expect(summary.facts[0]?.text).toBe(join(tmpdir(), 'none'));
    expect(summary.warnings).toEqual([
      `Could not read ${join(tmpdir(), 'none')}. The build fails if its files are needed.`,
    ]);
    trial.page.close();
  });
});

describe('a proposed ignore file', () => {
  async function proposed(
    files: Readonly<Record<string, string | number>>,
    found?: ContextNeeds,
  ): Promise<readonly string[]> {
    const folder = folderWith(files);
    const recording = recordingEditor([], { workspaceFolderOf: () => folder });
    const tools = toolsFor(fakeEngine({}).engine, recording.editor, {
      contextNeeds: () => Promise.resolve(found),
    });
    await createIgnore.run([], tools, { paths: [join(folder, 'Dockerfile')] });
    return recording.seen.map((line) => line.replaceAll(folder, ''));
  }

  test('contains what the project has, and always the repository and secrets', async () => {
    expect(
      await proposed({
        Dockerfile: 'FROM a',
        'web/node_modules/a.js': 1,
        'app/__pycache__/x.pyc': 1,
        '.env.local': 1,
        '.env.example': 1,
      }),
    ).toEqual([
      'progress: Create .dockerignore',
      'unsaved: /.dockerignore\n' +
        '# Version control\n.git\n\n' +
        '# Dependencies, which the build installs\n**/node_modules\n\n' +
        '# Build output and caches\n**/__pycache__\n**/*.pyc\n\n' +
        '# Secrets\n**/.env\n**/.env.*\n!**/.env.example\n\n' +
        '# Docker files, which the builder reads anyway\n**/Dockerfile\n',
    ]);
  });

  test('does not exclude what the Dockerfile copies by name', async () => {
    const sources = [
      { source: 'dist', isMount: false, line: 1 },
      { source: 'certs/ca.pem', isMount: false, line: 2 },
    ];
    const [, text = ''] = await proposed(
      { Dockerfile: 'FROM a', 'dist/a.js': 1, 'certs/ca.pem': 1, 'x/dist/b.js': 1 },
      { sources, isComplete: true },
    );
    expect(text).not.toContain('dist');
    expect(text).not.toContain('pem');
  });

  test('opens an ignore file that exists', async () => {
    expect(await proposed({ Dockerfile: 'FROM a', '.dockerignore': 'a' })).toEqual([
      'line: /.dockerignore:0',
      'info: .dockerignore already exists.',
    ]);
  });
});

test.each([
  [{ kind: 'ready' }, true],
  [{ kind: 'rows', of: -1, part: 'included', most: 200 }, true],
  [{ kind: 'rows', of: -2, part: 'included', most: 200 }, false],
  [{ kind: 'rows', of: 0, part: 'constructor', most: 200 }, false],
  [{ kind: 'find', path: 'a' }, true],
  [{ kind: 'find', path: 'a'.repeat(20_000) }, false],
  [{ kind: 'exclude', id: 1.5 }, false],
  [{ kind: 'go', file: '/etc/passwd', line: 0 }, false],
  [{ kind: 'go', file: 'ignore', line: 0 }, true],
  [{ kind: 'other' }, false],
  [null, false],
])('accepts %j: %s', (message, expected) => {
  expect(isFromContext(message)).toBe(expected);
});
