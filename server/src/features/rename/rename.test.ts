import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../text/edit.ts';
import { rename, renameable } from '../rename.ts';
import { markedDocument } from '../../../../test/marked-document.ts';

/** The text after the rename, with what would be asked, or why it is refused. */
function renamed(source: string, to = 'NEW'): string {
  const { document, offset } = markedDocument(source);
  const answer = rename(document, offset, to);
  if (answer === undefined) return 'nothing to rename';
  if (answer.refused !== undefined) return `refused: ${answer.refused}`;
  const asked = answer.questions.map(({ reason, edits }) => `\nasked (${edits.length}): ${reason}`);
  return applyEdits(document.text, answer.edits) + asked.join('');
}

describe('renames only what means the variable', () => {
  test.each([
    // The name before the command is that of the command's environment.
    ['FROM a\nARG M‸=x\nRUN M="$M" sh s.sh', 'FROM a\nARG NEW=x\nRUN M="$NEW" sh s.sh'],
    [
      'FROM a\nARG M‸=x\nRUN env M="$M" make M=$M',
      'FROM a\nARG NEW=x\nRUN env M="$NEW" make M=$NEW',
    ],
    ['FROM a\nARG M‸=x\nRUN M=2; echo $M', 'FROM a\nARG NEW=x\nRUN NEW=2; echo $NEW'],
    // The base image sets what is read above the first declaration.
    [
      'FROM a\nENV FLAGS‸="-a $FLAGS"\nRUN echo $FLAGS',
      'FROM a\nENV NEW="-a $FLAGS"\nRUN echo $NEW',
    ],
    [
      'FROM a\nRUN V=1; echo $V\nENV V‸=2\nRUN echo $V',
      'FROM a\nRUN V=1; echo $V\nENV NEW=2\nRUN echo $NEW',
    ],
    [
      'FROM a\nARG V‸=1\nRUN [ -v V ] && test -v V && printenv V',
      'FROM a\nARG NEW=1\nRUN [ -v NEW ] && test -v NEW && printenv NEW',
    ],
    ['FROM a\nARG V‸=1\nRUN env -u V a; unset V', 'FROM a\nARG NEW=1\nRUN env -u NEW a; unset NEW'],
    [
      'FROM a\nRUN --mount=type=secret,id=t,env=TOK‸ curl -H "$TOK"',
      'FROM a\nRUN --mount=type=secret,id=t,env=NEW curl -H "$NEW"',
    ],
    ['ARG NODE_ENV‸=x\nFROM a:$NODE_ENV', 'ARG NEW=x\nFROM a:$NEW'],
  ])('%s', (source, expected) => {
    expect(renamed(source)).toBe(expected);
  });
});

describe('renames stages', () => {
  test.each([
    // The default decides which stage FROM means.
    ['ARG B=one\nFROM a AS one‸\nFROM $B', 'ARG B=new\nFROM a AS new\nFROM $B'],
    ['ARG B="One"\nFROM a AS one‸\nFROM ${B} AS x', 'ARG B="new"\nFROM a AS new\nFROM ${B} AS x'],
    [
      'ARG B=one A=one\nFROM a AS one‸\nFROM $B\nFROM $B\nCOPY --from=one a b',
      'ARG B=new A=one\nFROM a AS new\nFROM $B\nFROM $B\nCOPY --from=new a b',
    ],
  ])('%s', (source, expected) => {
    expect(renamed(source, 'new')).toBe(expected);
  });
});

describe('renames variables of a script', () => {
  test.each([
    [
      'FROM a\nRUN v‸=1 && echo $v "${v}"\nRUN echo $v',
      'FROM a\nRUN NEW=1 && echo $NEW "${NEW}"\nRUN echo $v',
    ],
    ['FROM a\nRUN for f‸ in *; do rm "$f"; done', 'FROM a\nRUN for NEW in *; do rm "$NEW"; done'],
    ['FROM a\nRUN read -r a‸ b && echo $a', 'FROM a\nRUN read -r NEW b && echo $NEW'],
    [
      'FROM a\nRUN f() { local x‸=1; echo $x; }; x=2; echo $x',
      'FROM a\nRUN f() { local NEW=1; echo $NEW; }; x=2; echo $x',
    ],
    ['FROM a\nRUN <<EOF\nv‸=1\necho $v\nEOF\n', 'FROM a\nRUN <<EOF\nNEW=1\necho $NEW\nEOF\n'],
    [
      'FROM a\nRUN printf -v v‸ %s a; while getopts a o; do echo $v; done',
      'FROM a\nRUN printf -v NEW %s a; while getopts a o; do echo $NEW; done',
    ],
    // cmd starts PowerShell with the rest of the line.
    [
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN powershell -NoProfile -Command $v‸ = 1; Write-Host $v',
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN powershell -NoProfile -Command $NEW = 1; Write-Host $NEW',
    ],
    [
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN powershell -Command "$v‸ = 1; $v | Write-Host"',
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN powershell -Command "$NEW = 1; $NEW | Write-Host"',
    ],
    [
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN powershell -Command "$v‸ = \\"a $env:X\\"; md $v"',
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN powershell -Command "$NEW = \\"a $env:X\\"; md $NEW"',
    ],
    [
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nENV V‸=1\nRUN powershell -Command Write-Host $env:V',
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nENV NEW=1\nRUN powershell -Command Write-Host $env:NEW',
    ],
    ['FROM a\nRUN echo $v‸', 'nothing to rename'],
  ])('%s', (source, expected) => {
    expect(renamed(source)).toBe(expected);
  });
});

describe('refuses what would change a build or a program', () => {
  test.each([
    ['FROM a\nARG TARGETARCH‸\nRUN echo $TARGETARCH', 'BuildKit passes'],
    ['FROM a\nARG http_proxy‸', 'BuildKit passes'],
    ['FROM a\nENV PATH‸=/x:$PATH', 'read by programs'],
    ['FROM a\nENV NODE_ENV‸=production\nRUN echo $NODE_ENV', 'read by programs'],
    ['FROM a\nRUN IFS‸=, ; echo $IFS', 'read by programs'],
    ['FROM a\nARG V‸\nRUN export V && make', 'exported to programs on line 3'],
    ['FROM a\nRUN export v‸=1 && make', 'exported to programs on line 2'],
    ['FROM a\nARG V=1\nRUN V‸=2 make', 'passed to a program on line 3'],
    ["FROM a\nENV V‸=1\nRUN envsubst '$V' < a > b", '`envsubst` on line 3'],
    ['FROM a\nARG A‸=1\nRUN for v in A B; do echo ${!v}; done', 'by a name in a variable'],
    ['FROM a\nRUN set -a; v‸=1; make', 'exported to programs on line 2'],
    ['ARG B=one\nFROM a AS one‸\nFROM $B\nARG B\nRUN echo $B', '`$B` on line 3'],
    ['ARG B=one\nFROM a AS one‸\nFROM $B\nFROM x-$B', '`$B` on line 3'],
    ['ARG B=one\nARG C=$B\nFROM a AS one‸\nFROM $C', '`$C` on line 4'],
    ['ARG B=one\nFROM a AS one\nFROM a AS two‸\nFROM $B', '`$B` on line 4'],
    ['FROM a AS one‸\nFROM ${B:-one}', '`${B:-one}` on line 2'],
    ['FROM a AS base-amd64‸\nFROM base-${TARGETARCH}', '`base-${TARGETARCH}` on line 2'],
  ])('%s', (source, reason) => {
    expect(renamed(source)).toContain('refused: ');
    expect(renamed(source)).toContain(reason);
    const { document, offset } = markedDocument(source);
    expect(renameable(document, offset)).toHaveProperty('refused');
  });
});

describe('refuses names that mean something else', () => {
  test.each([
    ['FROM a\nARG V‸=1\nRUN NEW=3; echo $V $NEW', 'NEW', 'variable of the script on line 3'],
    ['FROM a\nARG V‸=1\nENV NEW=1', 'NEW', 'already in use'],
    ['FROM a\nARG V‸=1\nRUN echo $V', 'PATH', 'read by programs'],
    ['FROM a\nARG V‸=1\nRUN echo $V', 'TARGETARCH', 'BuildKit passes'],
    ['FROM a\nARG NEW\nRUN v‸=1; echo $v', 'NEW', 'already in use'],
    ['FROM a AS b‸\nFROM alpine', 'alpine', '`alpine` is an image on line 2'],
    ['FROM a AS b‸\nFROM c\nCOPY --from=nginx x y', 'nginx', '`nginx` is an image on line 3'],
    ['FROM a AS b‸', 'scratch', 'already in use'],
    ['FROM a AS x‸\nFROM base-$V', 'base-y', 'an image on line 2'],
    ['FROM a\nRUN <<EO‸F\nEND\nEOF\n', 'END', 'would end there'],
  ])('%s to %s', (source, to, reason) => {
    expect(renamed(source, to)).toContain(reason);
  });
});

describe('asks about places where others read the name', () => {
  test.each([
    [
      `FROM a\nENV V‸=1\nRUN echo $V && python -c "import os; os.environ['V']"`,
      'Another program reads `V` on line 3',
    ],
    ["FROM a\nENV V‸=1\nRUN echo $V && node -e 'process.env.V'", 'Another program reads `V`'],
    ["FROM a\nENV V‸=1\nRUN echo $V && perl -e '$ENV{V}'", 'Another program reads `V`'],
    ["FROM a\nENV V‸=1\nRUN echo $V && echo 'export A=$V' >> ~/.profile", 'in text on line 3'],
    ['FROM a\nENV V‸=1', 'Programs may read `V`'],
    ['FROM a\nRUN v‸=1 && . ./a.sh', 'The file that line 2 sources may use `v`'],
  ])('%s', (source, reason) => {
    expect(renamed(source)).toContain('asked (1): ');
    expect(renamed(source)).toContain(reason);
  });
  test('not about text in comments, in another stage or without the variable', () => {
    const source = "FROM a\nARG V‸=1\nRUN echo $V \\\n# '$V'\n x\nFROM b\nRUN echo '$V'";
    expect(renamed(source)).toBe(source.replace('V‸', 'NEW').replace('$V', '$NEW'));
  });
});
