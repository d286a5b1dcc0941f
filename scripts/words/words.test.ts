import { expect, test } from 'vitest';
import { checkChinese, checkEnglish, masking, pluralCheck } from './checks.mts';
import { patterns } from './patterns.mts';
import { chinesePatterns } from './patterns/chinese.mts';
import type { Kind } from './patterns/pattern.mts';
import { textsOfPage, textsOfSource, type Text } from './texts.mts';
import { isImperative } from './verbs.mts';

const written = (text: string, kind: Kind = 'message', source = 'client/src/x.ts'): Text => ({
  text,
  kind,
  file: source,
  at: 1,
  source,
});
const found = (...from: Parameters<typeof written>) =>
  checkEnglish(written(...from)).map((finding) => finding.found);

test.each([
  ['`5x` is no valid duration', 'is no'],
  ['Packages are fetched anew', 'anew'],
  ['A comment can not follow an instruction', 'can not'],
  ['A space is missing behind `RUN`', 'behind'],
  ['{0} stands before the first FROM', 'stands'],
  ['A name with blanks', 'blanks'],
  ['Use small letters', 'small letters'],
  ['What `{0}` fetches is fetched again', 'What'],
])('reports the worn pattern in "%s"', (text, pattern) => {
  expect(found(text)).toContain(pattern);
});

test.each([
  'There is no container {0}',
  'This option is no longer needed',
  '`is no` and `stands` are quoted here',
  'Add a blank line',
  'Listen behind a reverse proxy',
  'An equals sign is missing',
  '`exec` stands for the form without a shell',
  'What does this container use?',
])('does not report "%s"', (text) => {
  expect(found(text)).toEqual([]);
});

test('does not report in comments what is refused in messages alone', () => {
  expect(found('Whatever the caller passed', 'comment')).toEqual([]);
  expect(found('Reported whatever the caller passed')).toEqual(['whatever']);
});

test('reports "folder" for a directory of a Dockerfile, and not for a folder of the workspace', () => {
  expect(found('Change the folder with `WORKDIR`', 'summary', 'server/src/rules/x.ts')).toEqual([
    'folder',
  ]);
  expect(found('Choose a folder', 'message', 'client/src/x.ts')).toEqual([]);
});

test('reports messages over 120 characters, and not explanations', () => {
  const long = 'x'.repeat(121);
  expect(found(long)).toEqual(['121 characters']);
  expect(found(long, 'prose')).toEqual([]);
});

test('reports a final period of diagnostics and summaries, and not an ellipsis', () => {
  expect(found('`{0}` is deprecated.', 'message', 'server/src/rules/x.ts')).toEqual(['.']);
  expect(found('Pin versions.', 'summary', 'server/src/rules/x.ts')).toEqual(['.']);
  expect(found('Starting...', 'message', 'client/src/x.ts')).toEqual([]);
});

test('reports fixes and summaries that are not imperative', () => {
  expect(found('JSON array', 'fix')).toEqual(['JSON']);
  expect(found('Convert to JSON array', 'fix')).toEqual([]);
  expect(isImperative('Do not store secrets in `ENV`')).toBe(true);
});

test('reports typographic quotes in English and straight ones in Chinese', () => {
  expect(found('The engine’s address')).toEqual(['’']);
  const chinese = { ...written('"{0}" 不存在'), english: '"{0}" does not exist' };
  expect(checkChinese(chinese).map((finding) => finding.found)).toEqual(['"']);
});

test('reports a plural without a singular, and "1" with a plural', () => {
  const plural = pluralCheck(['{0} images', '1 container', '{0} containers']);
  const nouns = (text: string) => plural(written(text)).map((finding) => finding.found);
  expect(nouns('{0} images')).toEqual(['{0} images']);
  expect(nouns('{0} containers')).toEqual([]);
  expect(nouns('1 containers')).toEqual(['1 containers']);
});

test('compares Chinese with the English text', () => {
  const words = (english: string, text: string) =>
    checkChinese({ ...written(text), english }).map((finding) => finding.found);
  expect(words('The directory', '该文件夹')).toEqual(['文件夹']);
  expect(words('The folder', '该文件夹')).toEqual([]);
  expect(words('Kill Container', '终止容器')).toEqual(['终止']);
  expect(words('Kill Container', '强制终止容器')).toEqual([]);
});

test('masks code, addresses and the targets of links at the same length', () => {
  const text = 'See `is no`, https://a.org/anew and [this](anew.md).';
  expect(masking(text)).toHaveLength(text.length);
  expect(masking(text)).not.toMatch(/anew|is no/);
});

test('reads literals with their purpose, and comments', () => {
  const { literals, texts } = textsOfSource(
    'server/src/rules/x.ts',
    `// One comment\n// on two lines\nrule({ summary: 'Pin', why: 'Because', check() { report({ message: t('Wrong'), fix: { title: t('Add {0}', t('a space')), edits: [] } }); } });`,
  );
  expect([...literals].map(([text, { kind }]) => [text, kind])).toEqual([
    ['Pin', 'summary'],
    ['Because', 'prose'],
    ['Wrong', 'message'],
    ['Add {0}', 'fix'],
    ['a space', 'message'],
  ]);
  expect(texts.map(({ text, kind }) => [text, kind])).toEqual([
    ['One comment on two lines', 'comment'],
  ]);
});

test('reads the names of tests, and not what they compare', () => {
  const { texts } = textsOfSource('a.test.ts', `test('reports X', () => expect('y z'));`);
  expect(texts.map(({ text, kind }) => [text, kind])).toEqual([['reports X', 'test']]);
});

test('reads paragraphs of pages across lines, without code', () => {
  const page = '# Title\nOne\ntwo\n\n```sh\nanew\n```\n- item\n  goes on\n| row |';
  expect(textsOfPage('a.md', page).map(({ text, at }) => [at, text])).toEqual([
    [1, '# Title'],
    [2, 'One two'],
    [8, '- item goes on'],
    [10, '| row |'],
  ]);
});

test('gives a reason and a better word for every pattern and exception', () => {
  for (const { reason, better } of [...patterns, ...chinesePatterns]) {
    expect(reason).not.toBe('');
    expect(better).not.toBe('');
  }
  for (const { except = [] } of patterns)
    for (const { reason } of except) expect(reason).not.toBe('');
});
