import { expect, test } from 'vitest';
import { marked } from '../../../test/marks.ts';
import { slice } from '../text/span.ts';
import { instructionAt, nodesAt } from './at.ts';
import { parse } from './parse.ts';

function around(source: string): readonly string[] {
  const { text, cursor = 0 } = marked(source);
  return nodesAt(parse(text), cursor).map(({ node: { span } }) => slice(text, span));
}

test('nodes at a place, the outermost first', () => {
  expect(around('FROM a\nLABEL x="${A:-${‸B}}"')).toEqual([
    'LABEL x="${A:-${B}}"',
    'x="${A:-${B}}"',
    '"${A:-${B}}"',
    '${A:-${B}}',
    '${B}',
  ]);
  expect(around('FROM a\nCOPY --from=b‸ c /d')).toEqual(['COPY --from=b c /d', '--from=b', 'b']);
  expect(around('FROM a\nONBUILD RU‸N x')).toEqual(['ONBUILD RUN x', 'RUN x', 'RUN']);
  expect(around('FROM a\nCOPY <<E /x\n$‸V\nE')).toEqual(['COPY <<E /x\n$V\nE', '<<E', '$V']);
  expect(around('FROM a\nCMD ["b", "‸c"]')).toEqual(['CMD ["b", "c"]', '["b", "c"]', '"c"']);
  expect(around('FROM a\n# no‸te\n')).toEqual(['# note']);
});

test('the instruction at a place', () => {
  const { text, cursor = 0 } = marked('FROM a\n\nONBUILD COPY a ‸b\n');
  expect(instructionAt(parse(text), cursor)?.kind).toBe('COPY');
  expect(instructionAt(parse(text), 10)?.kind).toBe('ONBUILD');
  expect(instructionAt(parse(text), 7)).toBeUndefined();
  expect(instructionAt(parse(text), 6)?.kind).toBe('FROM');
});
