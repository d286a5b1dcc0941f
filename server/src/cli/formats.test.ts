/** What is printed about findings, in each format. */
import { expect, test } from 'vitest';
import { parsed, run } from '../../../test/cli-run.ts';

const apk = 'FROM alpine:3.22\nRUN apk add curl\nUSER app\n';
const clean = 'FROM scratch\nCOPY app /app\n';

test('prints the documented JSON', async () => {
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': apk });
  expect(parsed(ran)).toEqual({
    version: 1,
    files: [
      {
        path: 'Dockerfile',
        findings: [
          {
            rule: 'apk-no-cache',
            category: 'packages',
            also: ['DL3019'],
            severity: 'info',
            message: '`apk add` leaves the package index in the layer',
            line: 2,
            column: 5,
            endLine: 2,
            endColumn: 12,
            fix: {
              title: 'Add `--no-cache`',
              safe: true,
              edits: [{ line: 2, column: 12, endLine: 2, endColumn: 12, text: ' --no-cache' }],
            },
          },
        ],
      },
    ],
  });
});

test('counts columns in UTF-16 code units, including a byte order mark, with CRLF line endings', async () => {
  const text = '\ufeff# 🐳\r\nFROM scratch as build\r\n';
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': text });
  expect(parsed(ran).files[0]?.findings[0]).toMatchObject({ line: 2, column: 14, endColumn: 16 });
});

test('counts lines by line feeds, as git and BuildKit do', async () => {
  const text = '# a\rb\nFROM scratch as build\r\n';
  const ran = await run(['lint', '--format', 'json', 'Dockerfile'], { '/work/Dockerfile': text });
  expect(parsed(ran).files[0]?.findings[0]).toMatchObject({ line: 2, column: 14, endColumn: 16 });
});

test.each([
  ['CMD \\\n  node server.js\n', 'json-args', 2, 3],
  ['ONBUILD \\\n  FROM a\n', 'onbuild-not-allowed', 2, 3],
  ['RUN a \\\n\n  b\nRUN c \\\n  d\n', 'empty-continuation', 4, 3],
  ['RUN a \\\n\n  b \\\n# c\n', 'empty-continuation', 5, 3],
  ['RUN a \\\n\n  b <<E\nc\nE\n', 'empty-continuation', 4, 3],
  ['# c\n\\\n  # c\n  FOO b\n', 'unknown-instruction', 3, 5],
  ['RUN a\n\\\n\n  USER a\n', 'empty-continuation', 5, 4],
])('reports the line that BuildKit reports in JSON: %j', async (text, rule, line, place) => {
  const ran = await run(['lint', '--format', 'json', '-'], {}, `FROM scratch\n${text}`);
  const finding = parsed(ran).files[0]?.findings.find((it) => it['rule'] === rule);
  expect(finding).toMatchObject({ line, at: { line: place } });
});

test('prints the message, the source line, the fix and the page as text', async () => {
  const ran = await run(['lint', 'Dockerfile'], { '/work/Dockerfile': apk });
  expect(ran.out).toBe(
    [
      'info[apk-no-cache]: `apk add` leaves the package index in the layer',
      ' --> Dockerfile:2:5',
      '  |',
      '2 | RUN apk add curl',
      '  |     ^^^^^^^',
      '  = fix: Add `--no-cache`',
      '  = drydock explain apk-no-cache',
      '',
      '1 info in 1 file; 1 can be fixed with --fix',
      '',
    ].join('\n'),
  );
});

test('underlines wide characters and tabs at their terminal columns', async () => {
  const ran = await run(['lint', 'Dockerfile'], { '/work/Dockerfile': 'FROM debian：12\n' });
  expect(ran.out).toContain('1 | FROM debian：12\n  |            ^^\n');
});

test('prints nothing for a file without findings', async () => {
  expect((await run(['lint', 'Dockerfile'], { '/work/Dockerfile': clean })).out).toBe('');
});

test('prints GitHub annotations', async () => {
  const ran = await run(['lint', '--format', 'github', 'a,b'], { '/work/a,b': apk });
  expect(ran.out).toBe(
    '::notice file=a%2Cb,line=2,endLine=2,col=5,endColumn=12,title=apk-no-cache::`apk add` leaves the package index in the layer\n',
  );
});

test('prints SARIF 2.1.0', async () => {
  const files = { '/work/a b/Dockerfile': apk, '/work/bad': 'UNREADABLE' };
  const ran = await run(['lint', '--format', 'sarif', 'a b/Dockerfile', 'bad'], files);
  expect(JSON.parse(ran.out)).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Drydock',
            version: '1.2.3',
            rules: [{ id: 'apk-no-cache', defaultConfiguration: { level: 'note' } }],
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] },
        ],
        results: [
          {
            ruleId: 'apk-no-cache',
            ruleIndex: 0,
            level: 'note',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a%20b/Dockerfile' },
                  region: { startLine: 2, startColumn: 5, endLine: 2, endColumn: 12 },
                },
              },
            ],
            fixes: [
              {
                artifactChanges: [{ replacements: [{ insertedContent: { text: ' --no-cache' } }] }],
              },
            ],
          },
        ],
      },
    ],
  });
});
