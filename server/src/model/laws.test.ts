import { expect, test } from 'vitest';
import { dockerfiles } from '../../../test/dockerfiles.ts';
import { effort } from '../../../test/effort.ts';
import { parse } from '../syntax/parse.ts';
import { slice } from '../text/span.ts';
import { image, imageTrouble } from '../images/image.ts';
import { understand } from './understand.ts';
import { random } from '../../../test/random.ts';

const texts: readonly string[] = [
  'ARG A=1\nFROM a:$A AS b\nONBUILD RUN <<EOF\n$A\nEOF\nFROM b\nENV B=${A:-x} C=$B\nCOPY --from=b . .\n',
  ...dockerfiles,
];

/** Asks for everything; gives what is wrong with the answers. */
function asked(text: string): string[] {
  const model = understand(parse(text));
  const wrong: string[] = [];
  for (const instruction of model.each()) {
    const { variables, workdir } = model.stateAt(instruction);
    if (variables.size < 0 || workdir === '') wrong.push('state');
    for (const { variables: read } of instruction.words) for (const one of read) model.resolve(one);
    if (!model.instructionAt(instruction.span.start)) wrong.push(`at ${instruction.kind}`);
  }
  for (const { command } of model.commands())
    if (command.span.start > command.span.end || command.span.end > text.length)
      wrong.push('command');
  for (const { kind, name, uses } of model.symbols)
    for (const { span } of uses) {
      const written = slice(text, span).replace(/^\t+/, '');
      const named =
        kind === 'stage' ? written.toLowerCase() === name.toLowerCase() : written === name;
      const continued = /[\\`'"]/.test(written) || (kind === 'stage' && /^\d+$/.test(written));
      if (!named && !continued) wrong.push(`${kind} ${name} is written ${written}`);
      if (model.symbolAt(span.start) === undefined) wrong.push(`no symbol at ${name}`);
    }
  for (const stage of model.stages) {
    if (stage.base?.kind === 'stage' && stage.base.index >= stage.index) wrong.push('base');
    for (const user of stage.usedBy) if (!model.stageOf(user)) wrong.push('user');
  }
  return wrong;
}

test('all questions have answers that stand in the text, on every real file', () => {
  expect(texts.flatMap(asked)).toEqual([]);
});

test('broken files have answers too', () => {
  const next = random(7);
  const signs = Array.from('\'"`$(){}[]<>|&;#\\\n =:@,-');
  for (let i = 0; i < 800; i++) {
    const text = (texts[Math.floor(next() * texts.length)] ?? '').slice(0, 2000);
    const cut = Math.floor(next() * text.length);
    const sign = signs[Math.floor(next() * signs.length)] ?? '';
    const lines = text.split('\n');
    const line = Math.floor(next() * lines.length);
    const kinds = [
      text.slice(0, cut),
      text.slice(0, cut) + sign + text.slice(cut),
      lines.toSpliced(line, 1).join('\n'),
      lines.toSpliced(line, 0, lines[Math.floor(next() * lines.length)] ?? '').join('\n'),
    ];
    const broken = kinds[i % kinds.length] ?? '';
    expect(asked(broken), broken).toEqual([]);
  }
});

test.each([
  ['RUN', (n: number) => 'FROM a\n' + 'RUN apt-get install -y foo$X\n'.repeat(n)],
  ['ENV', (n: number) => 'FROM a\n' + numbered(n, (i) => `ENV V${i}=$V${i - 1}x\n`)],
  ['one ENV', (n: number) => 'FROM a\n' + 'ENV A=$A:b\n'.repeat(n)],
  ['stages', (n: number) => numbered(n, (i) => `FROM s${i - 1} AS s${i}\nRUN echo $X\n`)],
  ['copies', (n: number) => 'FROM a AS b\n' + 'COPY --from=b . .\n'.repeat(n)],
])('%s: long files take no long time', (_, make) => {
  const tree = parse(make(20_000));
  const took = effort(() => {
    const model = understand(tree);
    for (const one of model.each()) model.stateAt(one).variables.get('V5');
    model.commands('apt-get');
    model.symbolAt(100);
  });
  // A tenth of it on a quiet machine.
  expect(took).toBeLessThan(8000);
});

function numbered(n: number, make: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => make(i)).join('');
}

test('an image is one or has a trouble, never both', () => {
  const next = random(3);
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: 1 + Math.floor(next() * 12) }, () =>
      'aB0./:@-_ 5'.charAt(Math.floor(next() * 11)),
    ).join('');
    if (imageTrouble(text) === undefined) {
      const found = image(text);
      const { registry, repository, tag, digest } = found ?? { repository: '' };
      const parts = [
        registry && `${registry}/`,
        repository,
        tag && `:${tag}`,
        digest && `@${digest}`,
      ];
      expect(parts.filter((part) => part !== undefined).join('')).toBe(text);
    } else expect(image(text), text).toBeUndefined();
  }
});
