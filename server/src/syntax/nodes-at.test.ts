import { expect, test } from 'vitest';
import { parseMarks } from '../../../test/marks.ts';
import { slice } from '../text/span.ts';
import { instructionAt, nodesAt } from './nodes-at.ts';
import { parse } from './parse.ts';

function nodeTexts(source: string): readonly string[] {
  const { text, cursor = 0 } = parseMarks(source);
  return nodesAt(parse(text), cursor).map(({ node: { span } }) => slice(text, span));
}

test('nodesAt returns the nodes at an offset, outermost first', () => {
  expect(nodeTexts('FROM a\nLABEL x="${A:-${‸B}}"')).toEqual([
    'LABEL x="${A:-${B}}"',
    'x="${A:-${B}}"',
    '"${A:-${B}}"',
    '${A:-${B}}',
    '${B}',
  ]);
  expect(nodeTexts('FROM a\nCOPY --from=b‸ c /d')).toEqual(['COPY --from=b c /d', '--from=b', 'b']);
  expect(nodeTexts('FROM a\nONBUILD RU‸N x')).toEqual(['ONBUILD RUN x', 'RUN x', 'RUN']);
  expect(nodeTexts('FROM a\nCOPY <<E /x\n$‸V\nE')).toEqual(['COPY <<E /x\n$V\nE', '<<E', '$V']);
  expect(nodeTexts('FROM a\nCMD ["b", "‸c"]')).toEqual(['CMD ["b", "c"]', '["b", "c"]', '"c"']);
  expect(nodeTexts('FROM a\n# no‸te\n')).toEqual(['# note']);
});

test('instructionAt returns the instruction at an offset, or the trigger of ONBUILD', () => {
  const { text, cursor = 0 } = parseMarks('FROM a\n\nONBUILD COPY a ‸b\n');
  expect(instructionAt(parse(text), cursor)?.kind).toBe('COPY');
  expect(instructionAt(parse(text), 10)?.kind).toBe('ONBUILD');
  expect(instructionAt(parse(text), 7)).toBeUndefined();
  expect(instructionAt(parse(text), 6)?.kind).toBe('FROM');
});
