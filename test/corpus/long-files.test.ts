/** Instructions of a long file whose parts are not kept equal those of the same file with all parts. */
import { expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { defaultOptions } from '../../server/src/features/formatting/options.ts';
import { format } from '../../server/src/features/formatting/format.ts';
import { fileTroubleCodes } from '../../server/src/syntax/check/order.ts';
import { InstructionNode } from '../../server/src/syntax/instruction-node.ts';
import { mostKept, wholeInstructions } from '../../server/src/syntax/long-file.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Dockerfile, Instruction } from '../../server/src/syntax/tree.ts';
import type { SyntaxTrouble } from '../../server/src/syntax/trouble.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { mutate, randomText, createRandomIntegers } from './mutations.ts';
import { texts } from './texts.ts';

const timeout = 300_000;

/** All properties, also those that are read when they are used. */
function partsOf(instruction: Instruction): unknown {
  const { kind, keyword, flags, span } = instruction;
  const node = new InstructionNode(kind, span, keyword, flags, false);
  // Where the words are kept is not a property of an instruction.
  const kept = Object.keys(node).filter((name) => name !== 'listed');
  const names = [...kept, 'words'] as readonly (keyof Instruction)[];
  return names.map((name) => [name, instruction[name]]);
}

function contentOf(tree: Dockerfile): string {
  const { text, escape, directives, comments, instructions, errors, emptyContinuations } = tree;
  const parts = instructions.map(partsOf);
  const content = { text, escape, directives, comments, parts, errors, emptyContinuations };
  return JSON.stringify(content, null, 1);
}

function expectSame(long: Dockerfile, text: string): void {
  const whole = parse(text);
  expect(contentOf(long)).toBe(contentOf(whole));
  const found: SyntaxTrouble[] = [];
  const instructions = [...wholeInstructions(long, found)];
  const errors = found.sort((a, b) => a.span.start - b.span.start).filter(isOfInstruction);
  expect(contentOf({ ...whole, instructions, errors })).toBe(
    contentOf({ ...whole, errors: whole.errors.filter(isOfInstruction) }),
  );
}

function isOfInstruction({ code }: SyntaxTrouble): boolean {
  return !fileTroubleCodes.has(code);
}

test('a file with few kept instructions equals one with all of them', { timeout }, () => {
  const below = createRandomIntegers(17);
  for (const text of texts) expectSame(parse(text, undefined, below(4)), text);
  for (let i = 0; i < 3000; i++) {
    const whole = texts[below(texts.length)] ?? '';
    const from = whole.indexOf('\n', below(whole.length)) + 1;
    const excerpt = mutate(whole.slice(from, from + 100 + below(1000)), below);
    const text = i % 3 === 0 ? randomText(below) : excerpt;
    expectSame(parse(text, undefined, below(4)), text);
  }
});

test('a long file that is updated equals one that is newly opened', { timeout }, () => {
  const below = createRandomIntegers(19);
  let shared = 0;
  for (let i = 0; i < 1500; i++) {
    const whole = texts[below(texts.length)] ?? '';
    const kept = below(4);
    let text = whole.slice(0, 1500);
    let tree = parse(text, undefined, kept);
    for (let change = 0; change < 4; change++) {
      const before = tree;
      text = mutate(text, below);
      tree = parse(text, before, kept);
      if (tree.instructions[kept] && tree.instructions[kept] === before.instructions[kept])
        shared++;
      expectSame(tree, text);
    }
  }
  expect(shared).toBeGreaterThan(1000);
});

test('formats a long file as a short one', { timeout }, () => {
  const last = 'run  a\nCOPY  <<E /b\n  c\nE\nENV  A="b\n\n\nuser   d\n';
  const formatted = 'RUN a\nCOPY <<E /b\n  c\nE\nENV  A="b\n\nUSER d\n';
  const first = 'FROM a\n' + 'USER b\n'.repeat(mostKept);
  const one = document('file:///Dockerfile', first + last);
  const edits = format(one, { ...defaultOptions, keywordCase: 'upper' });
  expect(applyEdits(one.text, edits).slice(first.length)).toBe(formatted);
});
