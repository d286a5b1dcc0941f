import { expect, test } from 'vitest';
import { dockerfiles } from '../../../test/dockerfiles.ts';
import { cpuTime } from '../../../test/cpu-time.ts';
import { parse } from '../syntax/parse.ts';
import { slice } from '../text/span.ts';
import { parseImage, imageTrouble } from '../images/image.ts';
import { createModel } from './lazy-model.ts';
import { createRandom } from '../../../test/random.ts';

const texts: readonly string[] = [
  'ARG A=1\nFROM a:$A AS b\nONBUILD RUN <<EOF\n$A\nEOF\nFROM b\nENV B=${A:-x} C=$B\nCOPY --from=b . .\n',
  ...dockerfiles,
];

/** Reads all properties of a model; returns what is wrong with them. */
function inconsistencies(text: string): string[] {
  const model = createModel(parse(text));
  const problems: string[] = [];
  for (const instruction of model.each()) {
    const { variables, workdir } = model.stateAt(instruction);
    if ([...variables.keys()].some((name) => !variables.has(name)) || workdir === '')
      problems.push('state');
    for (const { variables: read } of instruction.words) for (const one of read) model.resolve(one);
    if (!model.instructionAt(instruction.span.start)) problems.push(`at ${instruction.kind}`);
  }
  for (const { command } of model.commands())
    if (command.span.start > command.span.end || command.span.end > text.length)
      problems.push('command');
  for (const { kind, name, uses } of model.symbols)
    for (const { span } of uses) {
      const written = slice(text, span).replace(/^\t+/, '');
      const named =
        kind === 'stage' ? written.toLowerCase() === name.toLowerCase() : written === name;
      const continued = /[\\`'"]/.test(written) || (kind === 'stage' && /^\d+$/.test(written));
      if (!named && !continued) problems.push(`${kind} ${name} is written ${written}`);
      if (model.symbolAt(span.start) === undefined) problems.push(`no symbol at ${name}`);
    }
  for (const stage of model.stages) {
    if (stage.base?.kind === 'stage' && stage.base.index >= stage.index) problems.push('base');
    for (const user of stage.usedBy) if (!model.stageOf(user)) problems.push('user');
  }
  return problems;
}

test('all properties of the model are consistent with the text, for every real file', () => {
  expect(texts.flatMap(inconsistencies)).toEqual([]);
});

test('all properties of the model are consistent for broken files', () => {
  const next = createRandom(7);
  const characters = Array.from('\'"`$(){}[]<>|&;#\\\n =:@,-');
  for (let i = 0; i < 800; i++) {
    const text = (texts[Math.floor(next() * texts.length)] ?? '').slice(0, 2000);
    const cut = Math.floor(next() * text.length);
    const character = characters[Math.floor(next() * characters.length)] ?? '';
    const lines = text.split('\n');
    const line = Math.floor(next() * lines.length);
    const kinds = [
      text.slice(0, cut),
      text.slice(0, cut) + character + text.slice(cut),
      lines.toSpliced(line, 1).join('\n'),
      lines.toSpliced(line, 0, lines[Math.floor(next() * lines.length)] ?? '').join('\n'),
    ];
    const broken = kinds[i % kinds.length] ?? '';
    expect(inconsistencies(broken), broken).toEqual([]);
  }
});

test.each([
  ['RUN', (n: number) => 'FROM a\n' + 'RUN apt-get install -y foo$X\n'.repeat(n)],
  ['ENV', (n: number) => 'FROM a\n' + repeat(n, (i) => `ENV V${i}=$V${i - 1}x\n`)],
  ['one ENV', (n: number) => 'FROM a\n' + 'ENV A=$A:b\n'.repeat(n)],
  ['stages', (n: number) => repeat(n, (i) => `FROM s${i - 1} AS s${i}\nRUN echo $X\n`)],
  ['copies', (n: number) => 'FROM a AS b\n' + 'COPY --from=b . .\n'.repeat(n)],
])('%s: long files do not take long', (_, make) => {
  const tree = parse(make(20_000));
  const took = cpuTime(() => {
    const model = createModel(tree);
    for (const one of model.each()) model.stateAt(one).variables.get('V5');
    model.commands('apt-get');
    model.symbolAt(100);
  });
  // It takes a tenth of this on an idle machine.
  expect(took).toBeLessThan(8000);
});

function repeat(n: number, make: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => make(i)).join('');
}

test('an image reference is either valid or has an error', () => {
  const next = createRandom(3);
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: 1 + Math.floor(next() * 12) }, () =>
      'aB0./:@-_ 5'.charAt(Math.floor(next() * 11)),
    ).join('');
    if (imageTrouble(text) === undefined) {
      const found = parseImage(text);
      const { registry, repository, tag, digest } = found ?? { repository: '' };
      const parts = [
        registry && `${registry}/`,
        repository,
        tag && `:${tag}`,
        digest && `@${digest}`,
      ];
      expect(parts.filter((part) => part !== undefined).join('')).toBe(text);
    } else expect(parseImage(text), text).toBeUndefined();
  }
});
