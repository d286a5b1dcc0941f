/** Our reader of shell scripts beside others: unbash says what the tree is, bash and dash what is no script. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { understand } from '../../model/understand.ts';
import { parsePosix } from '../posix.ts';
import type { Dialect, Script } from '../script.ts';
import { direct } from '../source.ts';
import { parse } from '../../syntax/parse.ts';
import { judged } from '../../../../test/shell/unbash-judge.ts';
import { dockerfiles } from '../../../../test/dockerfiles.ts';
import { random } from '../../../../test/random.ts';

interface Body {
  readonly text: string;
  readonly dialect: Dialect;
}

/** What RUN has a POSIX shell read in real files, and bodies of heredocs. */
function bodies(): Body[] {
  const found = new Map<string, Body>();
  for (const file of dockerfiles) {
    const model = understand(parse(file));
    for (const run of model.each('RUN')) {
      const { dialect } = model.stateAt(run).shell;
      if ((dialect !== 'sh' && dialect !== 'bash') || run.command?.form !== 'shell') continue;
      const heredocs = run.heredocs.map(({ body }) => file.slice(body.start, body.end));
      for (const text of [run.command.script.text, ...heredocs]) found.set(text, { text, dialect });
    }
  }
  return [...found.values()];
}

/** One of each thing there is in the language, that two may stand beside each other. */
const pieces = [
  ...['if a; then b; elif c; then d; else e; fi', 'while read x; do y; done < f', 'until z; do :; done'],
  ...['for i in a "$b" *.c; do c; done', 'for ((i=0;i<n;i++)); do x $i; done', 'for x; do y; done'],
  ...['case "$1" in a|b) x;; (c) y;& *) z; esac', 'select x in a; do b; done', 'for i in a; { b; }'],
  ...['[[ -n $x && ! ( y == z* ) || a =~ ^(b c)$ ]]', 'f() { a; b; }', 'function g { a; } > h'],
  ...['(c; d) 2>&1', '{ e; }', 'coproc N { a; }', '! x', 'time -p x', '((i++))', '((a) | (b))'],
  ...['A=1 B="x y" foo', 'a=(1 "$b" [k]=v *.c)', 'a[$i]=3', 'a+=b', 'export A=1 B=$c', 'alias l="ls -l"'],
  ...['$((a + b * ${d} + e[1] ? 2#11 : 0x1f))', '$(curl -s `id`)', '`a \\`b\\` "c"`', '$[1+2]'],
  ...['x=$(case a in a) b;; esac)', '$(cat <<E\nhi )\nE\n)', '"$(a "b" | c)"', '$((a) | (b))', '$(# c )\n)'],
  ...[' <(sort x) ', ' > >(tee y) ', ' 2>&1 ', ' &>log ', ' {fd}>x ', ' 3<&- ', ' >|x ', ' <<<"$w" '],
  ...[' <<E\nhi $X `y` $(z)\nE\n', " <<-'E'\n\thi $X\n\tE\n", ' <<A <<"B"\na\nA\nb\nB\n', ' <<E\na\\\nE\nE\n'],
  ...["$'a\\n\\x41\\'b'", '$"loc $x"', '"a\\"b\\$c"', "'q'", '\\ ', '\\\n', ' \\\n  ', '"a\\\nb"'],
  ...['{a,b{1..3},"c"}', '{a}', '@(a|b)', '?[a-z]*', '[!x]y', '~', '~/x', '{}', '[ -f a ]'],
  ...['${x:-"d $e"}', '${x#*.}', '${x/a/$b}', '${#x}', '${!x}', '${x[@]}', '${x:1:2}', '${x^^}', '${x@Q}'],
  ...['$1', '$@', '$$', '$?', '#c', ' # c\n', ' && ', ' || ', ' | ', ' |& ', '; ', ' & ', '\n', 'w', ' -x'],
  ...[';;', '!', '{', '}', '(', ')', '[', ']', '=', '$', '"', "'", '`', '<', '>', '$(', '${', '((', '))'],
  ...['esac', 'done', 'fi', 'in', 'do', 'th\\\nen', 'd\\\no', 'fi\\\n'],
]; // prettier-ignore

function made(count: number, from: readonly Body[], seed: number): string[] {
  const next = random(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const piece = one(pieces);
    if (i % 2 === 0)
      return (
        piece + Array.from({ length: 1 + Math.floor(next() * 4) }, () => one(pieces)).join(' ')
      );
    const { text } = one(from);
    const cut = Math.floor(next() * text.length);
    const kind = Math.floor(next() * 3);
    if (kind === 0) return text.slice(0, cut) + piece + text.slice(cut);
    return kind === 1 ? text.slice(0, cut) : text.slice(0, cut) + text.slice(cut + 1 + (i % 9));
  });
}

/** A tree as plain data: words are objects with a memory, which say what they are when asked. */
function told(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(told);
  if (typeof node !== 'object' || node === null) return node;
  const fields = node as Readonly<Record<string, unknown>>;
  const word = ['span', 'text', 'raw', 'literal', 'variables', 'scripts'];
  const variable = ['span', 'name', 'nameSpan', 'quoted'];
  const made = fields.raw !== undefined ? word : fields.nameSpan !== undefined ? variable : [];
  const keys = made.length > 0 ? made : Object.keys(node).sort();
  return keys.flatMap((key) => {
    const value = fields[key];
    return value === undefined ? [] : [[key, told(value)]];
  });
}

function treeOf(script: Script): string {
  return JSON.stringify(told({ ...script, errors: [] }));
}

/** Where we mean to differ from unbash, and why. */
const differences: readonly { readonly why: string; readonly has: RegExp }[] = [
  { why: 'bash takes `<(…)` inside a word as part of it', has: /[^\s<>&|;()](?:\\\n)*[<>]\(|[<>]\([^]*\)[^\s;&|)]/ },
  { why: 'unbash gives no `$X` in arithmetic, and no names beside what it does not understand there', has: /\(\(|\$\[/ },
  { why: 'unbash takes the words of `${ …; }` for text where it is not closed', has: /\$\{(?:\\\n)*[\s|]/ },
  { why: 'a quote in `"${x:-it\'s}"` is a mere sign for bash and dash', has: /"[^"]*\$\{[^}]*'|<<[^]*\$\{[^}]*'/ },
  { why: '`${${` is no parameter; which part of it is named matters to nobody', has: /\$\{\$/ },
  { why: 'unbash stops at a heredoc\'s end that holds an expansion', has: /<<-?[^\s]*[$`]/ },
  { why: 'an unclosed substitution in a heredoc, which dash refuses and bash when it runs it', has: /<<[^]*(?:\$\(|\$\{|`)/ },
  { why: 'unbash takes what is in a bracket behind a command\'s name for one word', has: /[A-Za-z_]\w*\[/ },
  { why: 'unbash takes a `(` behind a name, as of a function, for nothing', has: /[^\s;&|(){}<>] *(?:\\\n)* *\((?! *\))/ },
  { why: 'unbash says the sign before a pattern twice behind an expansion', has: /\$[@*?!]\(/ },
]; // prettier-ignore

const real = bodies();

test('unbash reads the scripts of real files as we do', () => {
  expect(real.length).toBeGreaterThan(20);
  const different = real.filter(({ text, dialect }) => {
    const source = direct({ at: 7, text });
    const theirs = judged(source, dialect);
    const ours = parsePosix(source, dialect);
    if (theirs.errors.length > 0) return ours.errors.length === 0;
    return ours.errors.length > 0 || treeOf(ours) !== treeOf(theirs);
  });
  expect(different.map(({ text }) => text)).toEqual([]);
});

test('unbash reads each piece of the language as we do', () => {
  const different = pieces.filter((text) => {
    const source = direct({ at: 7, text });
    const theirs = judged(source, 'bash');
    return theirs.errors.length === 0 && treeOf(parsePosix(source, 'bash')) !== treeOf(theirs);
  });
  expect(different).toEqual([]);
});

test('unbash reads changed and made-up scripts as we do, where it finds no error', () => {
  let compared = 0;
  const different = made(6000, real, 42).filter((text) => {
    if (differences.some(({ has }) => has.test(text))) return false;
    const source = direct({ at: 7, text });
    const theirs = judged(source, 'bash');
    if (theirs.errors.length > 0) return false;
    compared++;
    const ours = parsePosix(source, 'bash');
    return ours.errors.length > 0 || treeOf(ours) !== treeOf(theirs);
  });
  expect(different).toEqual([]);
  expect(compared).toBeGreaterThan(1500);
});

function has(program: string): boolean {
  return spawnSync(program, ['-c', ':']).status === 0;
}

/** Whether a shell would begin to run it; extended patterns are a matter of its options. */
function accepts(program: string, text: string): boolean {
  const options = program === 'bash' ? ['-O', 'extglob'] : [];
  return spawnSync(program, [...options, '-n'], { input: text }).status === 0;
}

/** What bash refuses or takes for reasons of its own. */
const bashAlone =
  /<<|\$\(\(|\(\(|`|\$\{(?:\\\n)*[\s|$]|\\$|[<>]\(|[?@*+!]\(|\[\[|\w\[|coproc|time|\$\[|\$"|\$'|=\(|[<>] *\d+[<>]/;

test.runIf(has('bash'))(
  'bash refuses what we find errors in, and nothing else',
  () => {
    const texts = [...made(500, real, 7), ...real.map(({ text }) => text).slice(0, 150)];
    const wrong = texts
      .filter((text) => !bashAlone.test(text) && !text.includes('\0'))
      .filter((text) => {
        const { errors } = parsePosix(direct({ at: 0, text }), 'bash');
        return accepts('bash', text) !== (errors.length === 0);
      });
    expect(wrong).toEqual([]);
  },
  60_000,
);

/** What dash does not know, and what it looks at later or earlier than others. */
const dashAlone = new RegExp(
  `${bashAlone.source}|function|select|[&|]&|&>|;&|\\{fd\\}|<<<|\\{[^}]*[,.]|\\(\\)|for \\w+ in [^;]*\\{|\\+=|\\$\\{[^}]*$|\\$\\{[^}]*[^\\w}:=+?%#-]`,
);

test.runIf(has('dash'))(
  'dash takes what we find no errors in',
  () => {
    const texts = [...made(400, real, 9), ...real.map(({ text }) => text).slice(0, 150)];
    const wrong = texts
      .filter((text) => !dashAlone.test(text) && !text.includes('\0'))
      .filter((text) => {
        const { errors } = parsePosix(direct({ at: 0, text }), 'sh');
        return errors.length === 0 && !accepts('dash', text);
      });
    expect(wrong).toEqual([]);
  },
  60_000,
);
