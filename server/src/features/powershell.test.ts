/** Variables of PowerShell in RUN and in the strings of SHELL. */
import { describe, expect, test } from 'vitest';
import { accept, itemsAt, labelsAt } from '../../../test/completion-items.ts';
import { markedDocument, markSpans, withoutCursor } from '../../../test/marked-document.ts';
import { applyEdits } from '../text/edit.ts';
import { definition } from './definition.ts';
import { highlights } from './highlights.ts';
import { hover } from './hover.ts';
import { rename, renameable } from './rename.ts';

const head = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';
const shell = 'SHELL ["powershell", "-Command"]\n';

test.each([
  `${shell}RUN «$u» = 'x'; Get-Item $u‸`,
  `${shell}RUN «$u»='x'; Get-Item "$u‸\\a"`,
  `${shell}RUN «$u»= 'x'; Get-Item \${u‸}`,
  `${shell}RUN [string]«$u» = 'x'; $c.Get($u‸, 'b')`,
  `${shell}RUN $u = 1; «$u» = 2; a $U‸; $u = 3`,
  `${shell}RUN foreach («$f» in 1, 2) { md $f‸ }`,
  `${shell}RUN «$u» = a | b; c $u‸`,
  `${shell}RUN «$script:u» = 1; c $u‸`,
  `${shell}RUN «$c» = New-Object X; $c‸.Get('a')`,
  `${shell}RUN «$envName» = 5; a $envName‸`,
  `${shell}RUN [int] «$n» = 5; a $n‸`,
  `${shell}RUN «$a», $b = 1, 2; c $a‸`,
  `${shell}RUN $a, «$b» = 1, 2; c $b‸`,
  `ARG «V»=1\n${shell}RUN $v = $env:V‸`,
  `ARG V=1\n${shell}RUN «$v» = $env:V; a $v‸`,
  `ARG «V»=1\n${shell}RUN a $e‸nv:V`,
  'SHELL ["powershell", "-Command", "«$ErrorActionPreference» = \'Stop\';"]\nRUN a $ErrorActionPreference‸',
  'RUN powershell -Command «$v» = 1; (a $v ^| b { $_ -eq $v‸ })',
  'SHELL ["powershell", "-Command", "«$a» = \\"b\\"; md $a‸"]',
])('finds the assignment: %s', (marked) => {
  // Marks are around the name without what is before it.
  const source = head + marked.replace(/«(\$(?:script:)?)/g, '$1«');
  const it = markedDocument(source);
  expect(markSpans(it, definition(it.document, it.offset))).toBe(withoutCursor(source));
});

test.each([
  `${shell}RUN $«u» = 'x'; a "$«u»" '$u' \`$u ($«u‸» + 1)\nRUN $u`,
  `${shell}RUN $«v‸» = $env:V; $«V» += 1; $«v».Get(@{ a = $«v» })`,
  `SHELL ["powershell", "-Command", "$«P‸» = 'a';"]\nRUN b $«p»\nRUN c\nCMD d $«P»\nSHELL ["cmd", "/c"]\nRUN $P`,
  `SHELL ["powershell", "-Command", "$«P» = 'a';"]\nRUN b $«P‸» $Q\nRUN c $«P»`,
  `SHELL ["powershell", "-Command", "$P = 'a';"]\nRUN b $«Q‸»\nRUN c $Q`,
])('highlights every use: %s', (marked) => {
  const source = head + marked;
  const it = markedDocument(source);
  const places = highlights(it.document, it.offset).map(({ span }) => span);
  expect(markSpans(it, places)).toBe(withoutCursor(source));
});

function hoverAt(marked: string): string | undefined {
  const { document, offset } = markedDocument(head + marked);
  return hover(document, offset, [], () => undefined)?.markdown;
}

test('shows the value that a variable has', () => {
  expect(hoverAt(`${shell}RUN $u = 'x y'; a $u‸`)).toContain("`$u = 'x y'`");
  expect(hoverAt(`${shell}RUN $u='x'; a $u‸`)).toContain("`$u = 'x'`");
  expect(hoverAt(`${shell}RUN $u = a b; $u += c; d $u‸`)).toContain('`$u`');
  expect(hoverAt(`${shell}RUN $u = a | b; d $u‸`)).toContain('`$u`');
  expect(hoverAt(`ARG V=3\n${shell}RUN $v = 2; a $env:V‸`)).toContain('`$V = 3`');
  expect(hoverAt(`ARG V=3\n${shell}RUN a "x $‸env:V"`)).toContain('`$V = 3`');
  expect(hoverAt('SHELL ["powershell", "-Command", "$P = \'a\';"]\nRUN b $P‸')).toContain(
    "`$P = 'a'`\n\nSet by the script on line 2",
  );
});

function renamed(marked: string): string | undefined {
  const { document, offset } = markedDocument(head + marked);
  const answer = rename(document, offset, 'NEW');
  if (answer === undefined || answer.refused !== undefined) return answer?.refused;
  return applyEdits(document.text, answer.edits).slice(head.length);
}

test('renames a variable in SHELL and in the scripts that run after it', () => {
  expect(renamed('SHELL ["powershell", "-Command", "$P = 1;"]\nRUN a $P‸\nRUN b $p')).toBe(
    'SHELL ["powershell", "-Command", "$NEW = 1;"]\nRUN a $NEW\nRUN b $NEW',
  );
  expect(renamed(`ARG V‸=1\n${shell}RUN $v = $env:V; a $v`)).toBe(
    `ARG NEW=1\n${shell}RUN $v = $env:NEW; a $v`,
  );
});

test('refuses to rename variables that PowerShell reads, or to give their names', () => {
  const { document, offset } = markedDocument(
    `${head}SHELL ["powershell", "-Command", "$ErrorActionPreference‸ = 'Stop';"]`,
  );
  expect(renameable(document, offset)).toHaveProperty('refused');
  const other = markedDocument(`${head}${shell}RUN $a‸ = 1; b $a`);
  expect(rename(other.document, other.offset, 'Error')).toHaveProperty('refused');
});

describe('completion', () => {
  test('after `$`, offers the assigned variables, then the environment and those of PowerShell', async () => {
    const source = `ARG V=1\n${head}ARG V\nSHELL ["powershell", "-Command", "$P = 'a';"]\nRUN $one = 1; $two = 2; a $‸`;
    const labels = await labelsAt(source);
    expect(labels.slice(0, 3)).toEqual(['two', 'one', 'P']);
    expect(labels).toContain('env:V');
    expect(labels).toContain('null');
    expect(labels).not.toContain('HTTP_PROXY');
    expect(await accept(source, 'env:V')).toContain('a $env:V');
    expect(await accept(source.replace('$‸', '${‸'), 'env:V')).toContain('a ${env:V}');
    const [first] = await itemsAt(source);
    expect(first?.detail).toBe('2');
  });
  test('after `$env:`, offers the environment only', async () => {
    const labels = await labelsAt(`${head}ENV V=1\n${shell}RUN $env:MY = 1; $x = 1; a $env:‸`);
    expect(labels.slice(0, 2)).toEqual(['MY', 'V']);
    expect(labels).toContain('USERPROFILE');
    expect(labels).not.toContain('x');
  });
  test('in the strings of SHELL, offers the preference variables', async () => {
    expect(await labelsAt(`${head}SHELL ["powershell", "-Command", "$‸"]`)).toContain(
      'ErrorActionPreference',
    );
  });
  test('in flags, offers the variables that BuildKit expands', async () => {
    expect(await labelsAt(`${head}ARG V\n${shell}RUN --mount=type=cache,id=$‸ a`)).toContain('V');
  });
  test('also in PowerShell that cmd starts', async () => {
    expect((await labelsAt(`${head}RUN powershell -Command "$a = 1; b $‸"`))[0]).toBe('a');
  });
});
