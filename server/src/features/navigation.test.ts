import { describe, expect, test } from 'vitest';
import { document } from '../model/document.ts';
import { applyEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { definition } from './definition.ts';
import { highlights } from './highlights.ts';
import { references } from './references.ts';
import { rename, renameable } from './rename.ts';
import { markedDocument, withoutCursor, markSpans } from '../../../test/marked-document.ts';

test.each([
  'FROM a AS «b»\nFROM b‸',
  'FROM a AS «b»\nFROM c\nCOPY --from=b‸ x y',
  'FROM a AS «b‸»',
  'FROM c\nENV A=1\nENV «A»=2\nRUN echo $A‸',
  'FROM c\nENV «A»=1\nENV A=2 B=$A‸',
  'FROM c\nARG A=1\nARG «A»=2 B=$A‸',
])('finds the definition: %s', (source) => {
  const it = markedDocument(source);
  expect(markSpans(it, definition(it.document, it.offset))).toBe(withoutCursor(source));
});

test.each([
  'FROM a\nRUN «v»=1 && echo $v‸',
  'FROM a\nRUN v=1; «v»=2; echo ${v‸}; v=3',
  'FROM a\nARG «A»=1\nRUN echo $A‸ && A=2',
  'FROM a\nARG A=1\nRUN «A»=2; echo $A‸',
  'FROM a\nARG «A»=1\nRUN A=2\nRUN echo $A‸',
  'FROM a\nARG «A»=1\nRUN A=${A‸:-2}',
  'FROM a\nARG «A»=1\nRUN (A=2); echo $A‸',
  'FROM a\nARG «A»=1\nRUN A=2 b; echo $A‸',
  'FROM a\nRUN for «f» in *; do echo $f‸; done',
  'FROM a\nRUN read -r a «b»; echo $b‸',
  'FROM a\nRUN x=1; f() { local «x»=2; echo $x‸; }',
  'FROM a\nRUN «x»=1; f() { local x=2; }; echo $x‸',
  "FROM a\nRUN export «x»=1; sh -c 'echo $x‸'",
  'FROM a\nRUN --mount=type=secret,id=t,env=«TOK» curl $TOK‸',
  'FROM a\nRUN printf -v «v» a; echo $v‸',
  'FROM a\nRUN getopts ab: «o»; case $o‸ in esac',
  'FROM a\nRUN mapfile -t «l» < x; echo $l‸',
  'FROM x AS «base-amd64»\nFROM x AS «base-arm64»\nFROM x AS other\nFROM ba‸se-${TARGETARCH}',
  'ARG B=one\nFROM x AS «one»\nFROM x AS «two»\nFROM ‸${B}',
])('finds what a script or a name with variables means: %s', (source) => {
  const it = markedDocument(source);
  expect(markSpans(it, definition(it.document, it.offset))).toBe(withoutCursor(source));
});

test('an ENV that extends a variable of the base image is not its own definition', () => {
  const { document, offset } = markedDocument('FROM a\nENV PATH=/x:$PATH‸');
  expect(definition(document, offset)).toEqual([]);
});

test('an ARG of a stage does not exist for FROM', () => {
  const { document, offset } = markedDocument('FROM a\nARG T=1\nFROM b:$T‸');
  expect(definition(document, offset)).toEqual([]);
});

test('FROM does not see an ENV before the first FROM', () => {
  const { document, offset } = markedDocument('ENV A=1\nENV B=$A\nFROM a:$A‸');
  expect(definition(document, offset)).toEqual([]);
  const read = document.text.indexOf('$A') + 1;
  expect(definition(document, read)).toEqual([{ start: 4, end: 5 }]);
});

test.each([
  'FROM a AS «b»\nFROM «b‸»\nCOPY --from=«b» x y\nRUN --mount=type=bind,from=«b» ls',
  'ARG «V»=1\nFROM a:$«V‸»',
  'FROM a\nRUN «v»=1 && echo $«v‸» "${«v»}" && unset «v»\nRUN echo $v',
  'FROM a\nRUN f() { local «x»=1; echo $«x‸»; }; x=2',
  'FROM a\nRUN echo $«HOME‸» && cd $«HOME»',
  // What the base image sets is the same in the whole stage, unless a script assigns it.
  'FROM a\nENV B=$«X»\nRUN echo $«X‸»\nRUN X=1; echo $X\nCMD a $«X»\nFROM b\nRUN echo $X',
  'FROM a\nENV B=$«X‸»\nRUN echo $«X» && f() { local X=1; echo $X; }\nWORKDIR $«X»',
])('finds references and highlights: %s', (source) => {
  const it = markedDocument(source);
  expect(markSpans(it, references(it.document, it.offset, { declaration: true }))).toBe(
    withoutCursor(source),
  );
  const places = highlights(it.document, it.offset).map(({ span }) => span);
  expect(markSpans(it, places)).toBe(withoutCursor(source));
});

describe('rename', () => {
  const renamed = (source: string, to: string): string => {
    const { document, offset } = markedDocument(source);
    const answer = rename(document, offset, to);
    if (!answer) return 'nothing to rename';
    return answer.refused !== undefined ? answer.refused : applyEdits(document.text, answer.edits);
  };
  test('renames a stage in all places that use its name', () => {
    expect(renamed('FROM a AS b‸\nFROM b\nCOPY --from=b x y\nCOPY --from=0 x y', 'base')).toBe(
      'FROM a AS base\nFROM base\nCOPY --from=base x y\nCOPY --from=0 x y',
    );
  });
  test('renames a variable and its uses in a shell', () => {
    expect(renamed('FROM a\nENV A=1\nRUN echo "${A‸}" $A $AB', 'B')).toBe(
      'FROM a\nENV B=1\nRUN echo "${B}" $B $AB',
    );
  });
  test('renames a variable in scripts within JSON arrays and health checks', () => {
    const text = (name: string, cursor = ''): string =>
      [
        `FROM a\nENV ${name}${cursor}=1`,
        `RUN ["sh", "-c", "test \\"$${name}\\""]`,
        String.raw`RUN ["sh", "-c", "set -e\n\techo $${name}\t\\u0024 \u0024${name}"]`,
        `HEALTHCHECK CMD curl localhost:$${name} || exit 1`,
        `ENTRYPOINT ["tini", "--", "/bin/bash", "-ec", "exec x --port=\${${name}:-80} '$${name}'"]`,
        `CMD ["$A", "\${A}"]`,
        `CMD serve $${name}`,
      ].join('\n');
    expect(renamed(text('A', '‸'), 'PORT')).toBe(text('PORT').replace("'$PORT'", "'$A'"));
  });
  test('renames a name that is broken over lines', () => {
    expect(renamed('FROM a\nARG PO‸RT=1\nEXPOSE ${PO\\\n  \nRT}', 'P')).toBe(
      'FROM a\nARG P=1\nEXPOSE ${P}',
    );
    expect(renamed('# escape=`\nFROM a\nARG PORT=1\nEXPOSE $PO`\nRT‸', 'P')).toBe(
      '# escape=`\nFROM a\nARG P=1\nEXPOSE $P',
    );
    expect(renamed('FROM a\nARG PO‸RT=1\nRUN echo $PO\\\nRT ${PO\\\nRT:-1}', 'P')).toBe(
      'FROM a\nARG P=1\nRUN echo $P ${P:-1}',
    );
  });
  test('keeps comments between the lines of a name', () => {
    expect(renamed('FROM a\nARG PO‸RT=1\nEXPOSE ${PO\\\n# why\nRT}', 'P')).toBe(
      'FROM a\nARG P=1\nEXPOSE ${P\\\n# why\n}',
    );
  });
  test('renames an undeclared name of FROM, which no base image sets', () => {
    expect(renamed('FROM a:$TGA‸', 'TAG')).toBe('FROM a:$TAG');
  });
  test('renames a heredoc and its end delimiter', () => {
    expect(renamed('FROM a\nRUN <<EO‸F\nls\nEOF\n', 'END')).toBe('FROM a\nRUN <<END\nls\nEND\n');
  });
  test('refuses invalid names and names in use', () => {
    expect(renamed('FROM a AS b‸', 'B b')).toContain('lowercase letter');
    expect(renamed('FROM a\nENV A‸=1', '1A')).toContain('cannot start with a digit');
    expect(renamed('FROM a AS b‸\nFROM a AS c', 'c')).toBe('`c` is already in use');
  });
  test('does not rename what is not defined in the file', () => {
    expect(renamed('FROM a\nRUN echo $PATH‸', 'B')).toBe('nothing to rename');
    expect(renamed('FROM a‸', 'b')).toBe('nothing to rename');
  });
  test('offers the name at the cursor for replacement', () => {
    const source = 'FROM a AS b\nCOPY --from=«b‸» x y';
    const it = markedDocument(source);
    expect(markSpans(it, [renameable(it.document, it.offset) as Span])).toBe(withoutCursor(source));
  });
});

test('refuses to rename in files that are too long to know all uses', () => {
  const text = `FROM a\nARG A\n${'ENV B=$A\n'.repeat(20_000)}`;
  const one = document('untitled:a', text);
  const renamed = rename(one, text.indexOf('A\n'), 'C');
  expect(renamed?.refused).toContain('20000');
});
