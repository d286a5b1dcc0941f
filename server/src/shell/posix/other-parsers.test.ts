/**
 * Compares our parser of shell scripts with others: unbash for the tree, bash and dash for what is not a valid script.
 */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createModel } from '../../model/lazy-model.ts';
import { parsePosix } from '../posix.ts';
import type { Dialect, Script } from '../script.ts';
import { DirectSource } from '../source.ts';
import { parse } from '../../syntax/parse.ts';
import { parseWithUnbash } from '../../../../test/shell/unbash-parser.ts';
import { dockerfiles } from '../../../../test/dockerfiles.ts';
import { createRandom } from '../../../../test/random.ts';

interface Body {
  readonly text: string;
  readonly dialect: Dialect;
}

/** The scripts and heredocs that RUN passes to a POSIX shell in real files. */
function bodies(): Body[] {
  const found = new Map<string, Body>();
  for (const file of dockerfiles) {
    const model = createModel(parse(file));
    for (const run of model.each('RUN')) {
      const { dialect } = model.stateAt(run).shell;
      if ((dialect !== 'sh' && dialect !== 'bash') || run.command?.form !== 'shell') continue;
      const heredocs = run.heredocs.map(({ body }) => file.slice(body.start, body.end));
      for (const text of [run.command.script.text, ...heredocs]) found.set(text, { text, dialect });
    }
  }
  return [...found.values()];
}

/** One piece for each part of the language, to be combined. */
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

function generate(count: number, from: readonly Body[], seed: number): string[] {
  const next = createRandom(seed);
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

/** A tree as plain data. Words are objects that compute their properties when they are read. */
function plainData(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plainData);
  if (typeof node !== 'object' || node === null) return node;
  const fields = node as Readonly<Record<string, unknown>>;
  const word = ['span', 'text', 'raw', 'literal', 'variables', 'scripts'];
  const variable = ['span', 'name', 'nameSpan', 'quoted'];
  const made = fields.raw !== undefined ? word : fields.nameSpan !== undefined ? variable : [];
  const keys = made.length > 0 ? made : Object.keys(node).sort();
  // Which commands may contain scripts follows from the words.
  return keys.flatMap((key) => {
    const value = fields[key];
    return value === undefined || key === 'mayContainScripts' ? [] : [[key, plainData(value)]];
  });
}

function treeOf(script: Script): string {
  return JSON.stringify(plainData({ ...script, errors: [] }));
}

/** Where we differ from unbash on purpose, and why. */
const differences: readonly { readonly why: string; readonly has: RegExp }[] = [
  { why: 'bash reads `<(…)` inside a word as a part of the word', has: /[^\s<>&|;()](?:\\\n)*[<>]\(|[<>]\([^]*\)[^\s;&|)]/ },
  { why: 'unbash finds no `$X` in arithmetic, and no names next to what it does not support there', has: /\(\(|\$\[/ },
  { why: 'unbash reads the words of an unclosed `${ …; }` as text', has: /\$\{(?:\\\n)*[\s|]/ },
  { why: 'a quote in `"${x:-it\'s}"` is an ordinary character in bash and dash', has: /"[^"]*\$\{[^}]*'|<<[^]*\$\{[^}]*'/ },
  { why: '`${${` is not a valid parameter, so the part that is reported does not matter', has: /\$\{\$/ },
  { why: 'unbash stops at a heredoc\'s delimiter that contains an expansion', has: /<<-?[^\s]*[$`]/ },
  { why: 'an unclosed substitution in a heredoc is refused by dash, and by bash only when it runs', has: /<<[^]*(?:\$\(|\$\{|`)/ },
  { why: 'unbash reads the contents of brackets after a command\'s name as one word', has: /[A-Za-z_]\w*\[/ },
  { why: 'unbash ignores a `(` after a name, as in a function', has: /[^\s;&|(){}<>] *(?:\\\n)* *\((?! *\))/ },
  { why: 'unbash ends a variable\'s name where its line is continued', has: /\$\{?\w*\\\n/ },
  { why: 'unbash repeats the character before a pattern after an expansion', has: /\$[@*?!]\(/ },
]; // prettier-ignore

const real = bodies();

test('parses the scripts of real files like unbash', () => {
  expect(real.length).toBeGreaterThan(20);
  const different = real.filter(({ text, dialect }) => {
    const source = new DirectSource({ at: 7, text });
    const theirs = parseWithUnbash(source, dialect);
    const ours = parsePosix(source, dialect);
    if (theirs.errors.length > 0) return ours.errors.length === 0;
    return ours.errors.length > 0 || treeOf(ours) !== treeOf(theirs);
  });
  expect(different.map(({ text }) => text)).toEqual([]);
});

test('parses each piece of the language like unbash', () => {
  const different = pieces.filter((text) => {
    const source = new DirectSource({ at: 7, text });
    const theirs = parseWithUnbash(source, 'bash');
    return theirs.errors.length === 0 && treeOf(parsePosix(source, 'bash')) !== treeOf(theirs);
  });
  expect(different).toEqual([]);
});

test('parses changed and generated scripts like unbash, unless unbash finds an error', () => {
  let compared = 0;
  const different = generate(6000, real, 42).filter((text) => {
    if (differences.some(({ has }) => has.test(text))) return false;
    const source = new DirectSource({ at: 7, text });
    const theirs = parseWithUnbash(source, 'bash');
    if (theirs.errors.length > 0) return false;
    compared++;
    const ours = parsePosix(source, 'bash');
    return ours.errors.length > 0 || treeOf(ours) !== treeOf(theirs);
  });
  // unbash repairs some scripts that bash refuses; how does not matter.
  expect(different.filter((text) => !has('bash') || accepts('bash', text))).toEqual([]);
  expect(compared).toBeGreaterThan(1500);
});

function has(program: string): boolean {
  return spawnSync(program, ['-c', ':']).status === 0;
}

/** Whether a shell accepts the script; extended patterns require an option. */
function accepts(program: string, text: string): boolean {
  const options = program === 'bash' ? ['-O', 'extglob'] : [];
  return spawnSync(program, [...options, '-n'], { input: text }).status === 0;
}

/** What bash refuses or accepts for reasons of its own. */
const bashAlone =
  /<<|\$\(\(|\(\(|`|\$\{(?:\\\n)*[\s|$]|\\$|[<>]\(|[?@*+!]\(|\[\[|\w\[|coproc|time|\$\[|\$"|\$'|=\(|[<>] *\d+[<>]/;

test.runIf(has('bash'))(
  'finds errors in exactly the scripts that bash refuses',
  () => {
    const texts = [...generate(500, real, 7), ...real.map(({ text }) => text).slice(0, 150)];
    const wrong = texts
      .filter((text) => !bashAlone.test(text) && !text.includes('\0'))
      .filter((text) => {
        const { errors } = parsePosix(new DirectSource({ at: 0, text }), 'bash');
        return accepts('bash', text) !== (errors.length === 0);
      });
    expect(wrong).toEqual([]);
  },
  60_000,
);

/** What dash does not support, and what it checks later or earlier than others. */
const dashAlone = new RegExp(
  `${bashAlone.source}|function|select|[&|]&|&>|;&|\\{fd\\}|<<<|\\{[^}]*[,.]|\\(\\)|for \\w+ in [^;]*\\{|\\+=|\\$\\{[^}]*$|\\$\\{[^}]*[^\\w}:=+?%#-]`,
);

test.runIf(has('dash'))(
  'finds errors in all scripts that dash refuses',
  () => {
    const texts = [...generate(400, real, 9), ...real.map(({ text }) => text).slice(0, 150)];
    const wrong = texts
      .filter((text) => !dashAlone.test(text) && !text.includes('\0'))
      .filter((text) => {
        const { errors } = parsePosix(new DirectSource({ at: 0, text }), 'sh');
        return errors.length === 0 && !accepts('dash', text);
      });
    expect(wrong).toEqual([]);
  },
  60_000,
);
