import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { hover } from './hover.ts';
import { asked, expected, shown } from '../../../test/asked.ts';

/** The span must be the marked one; gives the words. */
function hovered(source: string): string | undefined {
  const it = asked(source);
  const found = hover(it.document, it.offset, rules);
  if (found) expect(shown(it, [found.span])).toBe(expected(source));
  return found?.markdown;
}

test('an instruction shows its forms and what it does', () => {
  const said = hovered('FROM a\n«WOR‸KDIR» /app');
  expect(said).toContain('WORKDIR <');
  expect(said).toContain('https://docs.docker.com/reference/dockerfile/#workdir');
  expect(hovered('FROM a\n«ON‸BUILD» RUN x')).toContain('ONBUILD');
  expect(hovered('FROM a\nONBUILD «R‸UN» x')).toContain('RUN [OPTIONS]');
});

test('a flag shows what it does, and so do the options of a mount', () => {
  expect(hovered('FROM a\nCOPY «--ch‸own»=1 a b')).toContain('Owner of the new files');
  expect(hovered('FROM a\nRUN --mount=type=cache,«sha‸ring=locked» x')).toContain('two builds');
  expect(hovered('FROM a\nRUN --mount=«type=ca‸che»,target=/x x')).toContain('stays from build');
});

test('a variable shows its value and where it comes from', () => {
  expect(hovered('FROM a\nENV A=1\nWORKDIR /$«A‸»')).toBe(
    '`$A = 1`\n\nSet to `1` by ENV in line 2.',
  );
  expect(hovered('FROM a\nARG A=1\nRUN echo ‸${«A»}')).toBe(
    '`$A = 1`\n\nDeclared by ARG in line 2; `1` unless the build gives another.',
  );
  expect(hovered('FROM a\nARG «A‸»\nRUN echo $A')).toBe('`$A`\n\nUses in this file: 1.');
});

test('a stage shows its base and its users', () => {
  expect(hovered('FROM a:1 AS «b‸»\nFROM b')).toBe(
    'Stage `b` begins with `a:1`. Instructions that use it: 1.',
  );
  expect(hovered('FROM a:1 AS b\nFROM b AS c\nFROM d\nCOPY --from=«c‸» x y')).toBe(
    'Stage `c` goes on from stage `b`. Instructions that use it: 1.',
  );
});

test('an image that variables make is spelt out', () => {
  expect(hovered('ARG V=3\nFROM «pyth‸on:$V»')).toBe('`python:3` with the defaults of this file.');
});

test("a rule's name in an ignore comment shows what it asks for", () => {
  const [first] = rules;
  expect(hovered(`FROM a\n# drydock ignore=«${first!.id}‸»\nRUN x`)).toContain(first!.rule.summary);
});

test('there is nothing to say of plain words and blank lines', () => {
  expect(hovered('FROM a\nRUN ec‸ho')).toBeUndefined();
  expect(hovered('FROM a\n‸\n')).toBeUndefined();
  expect(hovered('‸')).toBeUndefined();
});
