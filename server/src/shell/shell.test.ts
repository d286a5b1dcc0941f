import { expect, test } from 'vitest';
import { commands, nameOf } from './commands.ts';
import { dialectOf, shebang } from './dialect.ts';
import { parseOneLine } from './one-line.ts';
import { parseScript } from './parse.ts';
import type { Dialect, Redirect, ShellWord, Statement } from './script.ts';

/** A tree as a short S-expression. Words are shown as their text, with `$:` before those that are expanded. */
function shown(statement: Statement): string {
  switch (statement.kind) {
    case 'command': {
      const { assignments, name, args, redirects } = statement;
      const words = [...assignments, ...(name ? [name] : []), ...args].map(word);
      return `(${[...words, ...redirects.map(redirect)].join(' ')})`;
    }
    case 'pipeline':
      return `(${statement.negated ? '!' : '|'} ${statement.parts.map(shown).join(' ')})`;
    case 'chain': {
      const parts = statement.parts.map(
        (part, i) =>
          shown(part) + (statement.operators[i] ? ` ${statement.operators[i].text} ` : ''),
      );
      return `[${parts.join('')}]`;
    }
    case 'block': {
      const { opener, name, variable, words, bodies, redirects } = statement;
      const head = [opener, name, variable?.text, ...words.map(word)].filter((one) => one);
      return `{${[...head, ...bodies.map(shown), ...redirects.map(redirect)].join(' ')}}`;
    }
  }
}
function word({ text, literal, scripts }: ShellWord): string {
  return (literal ? '' : '$:') + text + scripts.map((one) => `<${shown(one)}>`).join('');
}
function redirect({ operator, target, body }: Redirect): string {
  return `${operator}${target?.text ?? ''}${body ? `«${body.text}»` : ''}`;
}
function tree(text: string, dialect: Dialect = 'sh'): string {
  const { statements, separators } = parseScript({ at: 0, text }, dialect);
  return statements
    .map((one, i) => shown(one) + JSON.stringify(separators[i]?.text ?? '').slice(1, -1))
    .join(' ');
}

test('parses commands, chains, pipelines and separators', () => {
  expect(tree('apt-get update && apt-get install -y "curl" || exit 1')).toMatchInlineSnapshot(
    `"[(apt-get update) && (apt-get install -y curl) || (exit 1)]"`,
  );
  expect(tree('A=1 B="x y" foo; ! bar | baz & qux # end\nlast')).toMatchInlineSnapshot(
    `"(A=1 B=x y foo); (! (bar) (baz))& (qux)\\n (last)"`,
  );
  expect(tree('set -e \\\n && echo a\\\nb')).toMatchInlineSnapshot(`"[(set -e) && (echo ab)]"`);
});

test('parses blocks', () => {
  expect(tree('if [ -f x ]; then a; elif b; then c; else d; fi > log')).toMatchInlineSnapshot(
    `"{if ([ -f x ]) (a) (b) (c) (d) >log}"`,
  );
  expect(tree('for i in a "$b" *.c; do echo $i; done')).toMatchInlineSnapshot(
    `"{for i a $:$b $:*.c (echo $:$i)}"`,
  );
  expect(tree('while read x; do y; done < f; until z; do :; done')).toMatchInlineSnapshot(
    `"{while (read x) (y) <f}; {until (z) (:)}"`,
  );
  expect(tree('case "$1" in a|b) x;; *) y;; esac')).toMatchInlineSnapshot(
    `"{case $:$1 a b $:* (x) (y)}"`,
  );
  expect(tree('f() { a; b; }; (c; d); { e; }; [[ -n $x && y == z ]]')).toMatchInlineSnapshot(
    `"{function f (a) (b)}; {subshell (c) (d)}; {group (e)}; {test $:$x y z}"`,
  );
});

test('parses words', () => {
  expect(tree('echo "$X" ${Y:-a$Z} $(curl -s u) `id -u` $((A + 1)) ~/x')).toMatchInlineSnapshot(
    `"(echo $:$X $:\${Y:-a$Z} $:$(curl -s u)<(curl -s u)> $:\`id -u\`<(id -u)> $:$((A + 1)) $:~/x)"`,
  );
  expect(tree(`echo 'a b' "c\\"d" e\\ f x{1,2} *.js`)).toMatchInlineSnapshot(
    `"(echo a b c"d e f $:x{1,2} $:*.js)"`,
  );
  expect(tree('cat <<EOF > x\nhi $X\nEOF\nnext')).toMatchInlineSnapshot(`
    "(cat <<EOF«hi $X
    » >x)\\n (next)"
  `);
  expect(tree("cat <<'EOF' | sh\nhi $X\nEOF")).toMatchInlineSnapshot(`
    "(| (cat <<EOF«hi $X
    ») (sh))\\n"
  `);
  expect(tree('export A=1 B="$C"; foo 2>&1 >/dev/null')).toMatchInlineSnapshot(
    `"(export A=1 $:B=$C); (foo >&1 >/dev/null)"`,
  );
});

test('variables have the span of their names and whether they are quoted', () => {
  const text = 'a "$X" ${Y:-$Z} `$W`';
  const [statement] = parseScript({ at: 100, text }, 'sh').statements;
  const variables =
    statement?.kind === 'command' ? statement.args.flatMap((arg) => arg.variables) : [];
  expect(
    variables.map(({ name, nameSpan, quoted }) => [
      name,
      text.slice(nameSpan.start - 100, nameSpan.end - 100),
      quoted,
    ]),
  ).toEqual([
    ['X', 'X', true],
    ['Y', 'Y', false],
    ['Z', 'Z', false],
  ]);
});

test('parses PowerShell', () => {
  expect(
    tree(
      `$ErrorActionPreference = 'Stop'; Invoke-WebRequest -Uri "http://x/$v" -OutFile a.zip; \\\n  Remove-Item -Force a.zip`,
      'powershell',
    ),
  ).toMatchInlineSnapshot(
    `"($:$ErrorActionPreference Stop); (Invoke-WebRequest -Uri $:http://x/$v -OutFile a.zip); (Remove-Item -Force a.zip)"`,
  );
  expect(
    tree('if (Test-Path x) { Get-Item x | Remove-Item } else { & "c:\\a.exe" /S }', 'powershell'),
  ).toMatchInlineSnapshot(
    `"{if else (Test-Path x) (| (Get-Item x) (Remove-Item)) (c:\\a.exe /S)}"`,
  );
  expect(tree('$x = Get-Date\n@"\na $b\n"@ | sc f # end', 'powershell')).toMatchInlineSnapshot(
    `"($:$x Get-Date)\\n (| ($:a $b) (sc f))"`,
  );
});

test('parses cmd', () => {
  expect(
    tree('choco install -y git && del /q "%TEMP%\\a b" & (echo a^&b > c) || exit', 'cmd'),
  ).toMatchInlineSnapshot(
    `"[(choco install -y git) && (del /q $:%TEMP%\\a b)]& [{group (echo a&b >c)} || (exit)]"`,
  );
});

function occurrences(text: string, dialect: Dialect = 'sh'): string[] {
  return commands(parseScript({ at: 0, text }, dialect)).map(
    ({ command, via, ancestors }) =>
      `${via} ${ancestors.length} ${nameOf(command) ?? '-'}: ${text.slice(command.span.start, command.span.end)}`,
  );
}

test('finds commands in wrappers, substitutions and nested shells', () => {
  expect(occurrences('sudo -u me FOO=1 env -i A=1 /usr/bin/apt-get install -y x'))
    .toMatchInlineSnapshot(`
    [
      "direct 0 sudo: sudo -u me FOO=1 env -i A=1 /usr/bin/apt-get install -y x",
      "wrapped 1 env: env -i A=1 /usr/bin/apt-get install -y x",
      "wrapped 2 apt-get: /usr/bin/apt-get install -y x",
    ]
  `);
  expect(occurrences(`bash -euxo pipefail -c 'a && b "c"'; sh -c "d \\"e f\\" \\$g"`))
    .toMatchInlineSnapshot(`
    [
      "direct 0 bash: bash -euxo pipefail -c 'a && b "c"'",
      "nested 2 a: a",
      "nested 2 b: b "c"",
      "direct 0 sh: sh -c "d \\"e f\\" \\$g"",
      "nested 1 d: d \\"e f\\" \\$g",
    ]
  `);
  expect(occurrences('find . -name x -exec rm -f {} \\; | xargs -0 -n 1 chmod +x'))
    .toMatchInlineSnapshot(`
    [
      "direct 1 find: find . -name x -exec rm -f {} \\;",
      "wrapped 2 rm: rm -f {}",
      "direct 1 xargs: xargs -0 -n 1 chmod +x",
      "wrapped 2 chmod: chmod +x",
    ]
  `);
  expect(occurrences('x=$(curl -s u | tar xz) python3.11 -m pip install y')).toMatchInlineSnapshot(`
    [
      "direct 0 python3.11: x=$(curl -s u | tar xz) python3.11 -m pip install y",
      "direct 2 curl: curl -s u",
      "direct 2 tar: tar xz",
      "wrapped 1 pip: pip install y",
    ]
  `);
  expect(occurrences('bash <<EOF\napt-get update\nEOF')).toMatchInlineSnapshot(`
    [
      "direct 0 bash: bash <<EOF",
      "nested 1 apt-get: apt-get update",
    ]
  `);
  expect(occurrences('timeout -k 5 30 nice -n 5 make; command -v gcc')).toMatchInlineSnapshot(`
    [
      "direct 0 timeout: timeout -k 5 30 nice -n 5 make",
      "wrapped 1 nice: nice -n 5 make",
      "wrapped 2 make: make",
      "direct 0 command: command -v gcc",
    ]
  `);
  expect(occurrences('echo `a \\`b c\\``; powershell -Command "Get-Item x; y"'))
    .toMatchInlineSnapshot(`
    [
      "direct 0 echo: echo \`a \\\`b c\\\`\`",
      "direct 1 a: a \\\`b c\\\`",
      "direct 2 b: b c",
      "direct 0 powershell: powershell -Command "Get-Item x; y"",
      "nested 1 Get-Item: Get-Item x",
      "nested 1 y: y",
    ]
  `);
});

test('a comment in a script of one line extends to its end', () => {
  const text = "echo '# a' \\\n && b#c \\\n && d # why \\\n && e";
  const names = commands(parseOneLine({ at: 0, text }, 'sh')).map(({ command }) => nameOf(command));
  expect(names).toEqual(['echo', 'b#c', 'd']);
});

test('finds the dialect of a command line and the words of a shebang line', () => {
  expect(dialectOf(['/bin/bash', '-o', 'pipefail', '-c'])).toBe('bash');
  expect(dialectOf(['/usr/bin/env', '-S', 'A=1', 'sh', '-c'])).toBe('sh');
  expect(dialectOf(['C:\\Windows\\System32\\cmd.exe', '/S', '/C'])).toBe('cmd');
  expect(dialectOf(['PowerShell.exe'])).toBe('powershell');
  expect(dialectOf(['python'])).toBeUndefined();
  expect(dialectOf(['constructor'])).toBeUndefined();
  expect(shebang('#!/usr/bin/env bash -e\nfoo')).toEqual(['/usr/bin/env', 'bash', '-e']);
});
