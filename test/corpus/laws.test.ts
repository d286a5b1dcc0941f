/** What holds of the tree of any text, shown on real Dockerfiles and on damaged ones. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { children, nodesAt } from '../../server/src/syntax/at.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import parserCases from '../../server/src/syntax/cases/parser.json' with { type: 'json' };
import type { Dockerfile, Heredoc, Instruction, Word } from '../../server/src/syntax/tree.ts';
import { encloses, type Node, slice, type Span } from '../../server/src/text/span.ts';

const root = resolve(import.meta.dirname, '../..');

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /dockerfile|containerfile/i.test(path) && statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
}

const texts = [
  ...filesIn(join(root, '../shared/corpus')),
  ...filesIn(join(root, 'samples')),
  ...parserCases.map(({ text }) => text),
];

/** The laws that a tree breaks, in words. */
function broken(text: string): readonly string[] {
  const tree = parse(text);
  const wrong: string[] = [];
  const say = (law: string, place: Span): void => {
    wrong.push(`${law} at ${place.start}-${place.end}`);
  };
  const within = (place: Span): void => {
    if (!(place.start >= 0 && place.start <= place.end && place.end <= text.length)) {
      say('outside the text', place);
    }
  };
  const visit = (node: Node): void => {
    within(node.span);
    let last = node.span.start;
    for (const child of children(node)) {
      const body = 'chomp' in node;
      if (!body && !encloses(node.span, child.span)) say('child outside its parent', child.span);
      if (child.span.start < last && !isNested(node, child)) say('out of order', child.span);
      last = child.span.start;
      visit(child);
    }
  };
  for (const place of placesOf(tree)) within(place);
  let last = 0;
  for (const instruction of tree.instructions) {
    if (instruction.span.start < last) say('instructions overlap', instruction.span);
    last = instruction.span.end;
    visit(instruction);
    visitOwn(text, instruction, say);
  }
  return wrong;
}

/** Heredocs stand inside the command, nested variables inside the variable before. */
function isNested(parent: Node, child: Node): boolean {
  return 'variables' in parent || 'chomp' in child;
}

function placesOf(tree: Dockerfile): readonly Span[] {
  return [
    ...tree.directives.flatMap(({ span, nameSpan, valueSpan }) => [span, nameSpan, valueSpan]),
    ...tree.comments.map(({ span }) => span),
    ...tree.errors.map(({ span }) => span),
    ...tree.emptyContinuations,
  ];
}

/** What stands at a place is what the node says. */
function visitOwn(
  text: string,
  instruction: Instruction,
  say: (law: string, place: Span) => void,
): void {
  const checkWord = (word: Word): void => {
    const { span, raw, variables } = word;
    if (span.end - span.start === raw.length && slice(text, span) !== raw) say('raw', span);
    for (const { name, nameSpan } of variables) {
      const written = slice(text, nameSpan);
      if (written.length === name.length && written !== name) say('name', nameSpan);
    }
  };
  const checkHeredoc = ({ body, terminator, name, chomp }: Heredoc): void => {
    if (!terminator) return;
    if (slice(text, terminator) !== name.text) say('end mark', terminator);
    const between = text.slice(body.end, terminator.start);
    if (between !== '' && (!chomp || between.trim() !== '')) say('before end mark', terminator);
  };
  checkWord(instruction.keyword);
  instruction.words.forEach(checkWord);
  instruction.heredocs.forEach(checkHeredoc);
  if ('command' in instruction && instruction.command.form === 'shell') {
    const { script, span } = instruction.command;
    if (script.at !== span.start || script.text.length !== span.end - span.start) {
      say('script', span);
    }
  }
  if (instruction.kind === 'ONBUILD' && instruction.trigger) {
    visitOwn(text, instruction.trigger, say);
  }
}

/** The same numbers in every run (a linear congruential generator). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const spices = [
  '\\',
  '`',
  '"',
  "'",
  '$',
  '${',
  '}',
  '<<',
  '<<-E',
  '\n',
  '\r',
  '#',
  '--',
  '=',
  '[',
  ']',
  ' ',
  '\t',
  '\\\n',
  '\u00a0',
  '\ufeff',
  '\ud83d',
  '\0',
  'ONBUILD ',
  'RUN ',
  'COPY <<A\n',
];

function damaged(text: string, below: (limit: number) => number): string {
  const rows = text.split('\n');
  switch (below(4)) {
    case 0:
      return text.slice(0, below(text.length + 1));
    case 1:
      rows.splice(below(rows.length), 1);
      return rows.join('\n');
    case 2: {
      const row = below(rows.length);
      rows.splice(row, 0, rows[row] ?? '');
      return rows.join('\n');
    }
    default: {
      let result = text;
      for (let i = 0; i < 3; i++) {
        const at = below(result.length + 1);
        const spice = spices[below(spices.length)] ?? '';
        result = result.slice(0, at) + spice + result.slice(at + below(2));
      }
      return result;
    }
  }
}

test('there is something to look at', () => {
  expect(texts.length).toBeGreaterThan(30);
});

test('the laws hold of whole Dockerfiles', () => {
  expect(texts.flatMap(broken)).toEqual([]);
});

test('the laws hold of damaged Dockerfiles', () => {
  const below = random(7);
  for (const text of texts) {
    for (let i = 0; i < 6; i++) {
      const worse = damaged(text, below);
      const wrong = broken(worse);
      if (wrong.length > 0) expect({ wrong, worse }).toEqual({ wrong: [], worse });
    }
  }
});

test('the laws hold of noise', () => {
  const below = random(11);
  for (let i = 0; i < 2000; i++) {
    let text = below(2) === 0 ? 'FROM a\n' : '';
    const length = below(40);
    for (let j = 0; j < length; j++) text += spices[below(spices.length)] ?? '';
    expect({ wrong: broken(text), text }).toEqual({ wrong: [], text });
  }
});

test('every offset is in the nodes that it touches', () => {
  for (const text of texts.slice(0, 20)) {
    const tree = parse(text);
    for (let offset = 0; offset <= text.length; offset += 7) {
      const missed = nodesAt(tree, offset)
        .filter((node) => !('chomp' in node))
        .filter(({ span }) => !encloses(span, { start: offset, end: offset }));
      expect(missed).toEqual([]);
    }
  }
});

test('time grows with the text', () => {
  const shapes = [
    `FROM a\nRUN <<EOF\n${'echo hello world\n'.repeat(60000)}EOF\n`,
    `FROM a\nRUN a \\\n${'  && echo hello \\\n'.repeat(20000)}  b\n`,
    'RUN echo hello\n'.repeat(20000),
    `FROM a\nLABEL x=${'${a:-'.repeat(60000)}`,
    `FROM a\n${'ONBUILD '.repeat(60000)}`,
    `FROM a\nRUN ${'['.repeat(200000)}`,
    `FROM a\nRUN ${'<<A '.repeat(20000)}\n${'A\n'.repeat(20000)}`,
  ];
  for (const text of shapes) {
    const start = performance.now();
    parse(text);
    // A hundred times the usual, for the slowest machine; what is not linear needs far more.
    expect(performance.now() - start).toBeLessThan(3000);
  }
});
