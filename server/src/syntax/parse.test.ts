import { expect, test } from 'vitest';
import { lines } from '../text/lines.ts';
import { slice } from '../text/span.ts';
import heredocCase from './cases/heredoc.json' with { type: 'json' };
import instructionCases from './cases/instructions.json' with { type: 'json' };
import jsonCases from './cases/json-form.json' with { type: 'json' };
import lineCase from './cases/lines.json' with { type: 'json' };
import parserCases from './cases/parser.json' with { type: 'json' };
import wordCases from './cases/words.json' with { type: 'json' };
import { dockerfile } from '../text/dedent.ts';
import { jsonArray } from './json.ts';
import { parse } from './parse.ts';
import type { Heredoc, Instruction, Word } from './tree.ts';

/** An instruction in the format of BuildKit's parser tests. */
function tree(instruction: Instruction): string {
  const { keyword, flags } = instruction;
  const flagTexts = flags.map(({ name, value }) =>
    JSON.stringify(`--${name.text}${value ? `=${value.text}` : ''}`),
  );
  const head = [
    keyword.raw.toLowerCase(),
    ...(flagTexts.length > 0 ? [`[${flagTexts.join(' ')}]`] : []),
  ];
  return `(${[...head, ...args(instruction)].join(' ')})`;
}

function args(instruction: Instruction): readonly string[] {
  const quoted = (words: readonly Word[], decoded: boolean): readonly string[] =>
    words.map(({ raw, text }) =>
      JSON.stringify(decoded ? text : raw).replaceAll('\\u0000', '\\x00'),
    );
  switch (instruction.kind) {
    case 'ONBUILD':
      return instruction.trigger ? [tree(instruction.trigger)] : [];
    case 'ENV':
    case 'LABEL':
      return instruction.pairs.flatMap(({ key, value, legacy }) => [
        ...quoted([key, ...(value ? [value] : [])], false),
        legacy ? '""' : '"="',
      ]);
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return quoted(instruction.words, instruction.command?.form === 'exec');
    case 'HEALTHCHECK':
      return quoted(instruction.words, instruction.command?.form === 'exec');
    case 'COPY':
    case 'ADD':
      return quoted(instruction.words, instruction.json);
    case 'VOLUME':
      return quoted(instruction.args, instruction.args[0]?.quote === '"');
    case 'unknown':
      return [];
    default:
      return quoted(instruction.words, false);
  }
}

function content(text: string, { body, chomp }: Heredoc): string {
  const written = slice(text, body);
  return chomp ? written.replace(/^\t+/gm, '') : written;
}

test.each(parserCases)('parses like BuildKit: $name', ({ text, tree: expected }) => {
  const flat = expected.replace(/\s+/g, ' ').replaceAll(') (', ')\n(').trim();
  expect(parse(text).instructions.map(tree).join('\n').replace(/\s+/g, ' ')).toBe(
    flat.replace(/\s+/g, ' '),
  );
});

test('instructions span the same lines as in BuildKit', () => {
  const map = lines(lineCase.text);
  const spans = parse(lineCase.text).instructions.map(({ span }) => [
    map.positionAt(span.start).line + 1,
    map.positionAt(span.end).line + 1,
  ]);
  expect(spans).toEqual(lineCase.lines);
});

test('finds the same heredocs as BuildKit', () => {
  const { text, heredocs } = heredocCase;
  const [, ...instructions] = parse(text).instructions;
  const found = instructions.map((instruction) =>
    instruction.heredocs.map(({ name, expands, chomp, body }) => ({
      name: name.text,
      content: slice(text, body),
      expands,
      chomp,
    })),
  );
  expect(found).toEqual(heredocs);
});

test.each(instructionCases)('parses the instruction $text', (row) => {
  const { instructions, errors } = parse(`FROM a\n${row.text}`);
  const text = `FROM a\n${row.text}`;
  expect(errors.length > 0).toBe(row.refused);
  const instruction = instructions[1]!;
  const heredocs = instruction.heredocs.map((one) => ({
    name: one.name.text,
    content: instruction.kind === 'RUN' ? slice(text, one.body) : content(text, one),
    ...(instruction.kind === 'RUN' ? {} : { expands: one.expands }),
  }));
  if (row.heredocs !== undefined) expect(heredocs).toEqual(row.heredocs);
  if (instruction.kind === 'COPY' && row.sources !== undefined) {
    expect(instruction.sources.map((word) => word.text)).toEqual(row.sources);
    expect(instruction.target?.text).toBe(row.target);
  }
  if (instruction.kind === 'RUN' && row.command !== undefined) {
    expect(instruction.words.map((word) => word.text)).toEqual(row.command);
    expect(instruction.command?.form).toBe(row.shell ? 'shell' : 'exec');
  }
});

test.each(jsonCases)('parses the JSON array $input', ({ input, words }) => {
  const from = input.length - input.trimStart().length;
  const array = jsonArray(input, from, input.length);
  const found = array === undefined || array === 'other' ? null : array.map(({ text }) => text);
  expect(found).toEqual(words);
});

test.each(wordCases)('splits $input into words', ({ input, words }) => {
  const [instruction] = parse(`ARG ${input}`).instructions;
  expect(instruction?.words.map(({ raw }) => raw)).toEqual(words);
});

test.each(['ARG \\\r ', 'ARG \\\r\\', 'ARG\r\\\r ', 'ARG\r\\ \\', 'ARG\r\\\r\\'])(
  'reports %j at the end of a file, whose escape character is not an argument',
  (line) => {
    expect(troubles(`FROM a\n${line}`)).toEqual(['no-arguments ARG «ARG»']);
    expect(troubles(`FROM a\n${line.replace('ARG', 'ARG b')}`)).toEqual([]);
  },
);

function trees(text: string): string {
  return parse(text).instructions.map(tree).join('\n');
}

function troubles(text: string): readonly string[] {
  return parse(text).errors.map(
    ({ code, values, span }) => `${[code, ...values].join(' ')} «${slice(text, span)}»`,
  );
}

test('joins continued lines without the comments and empty lines between them', () => {
  const text = dockerfile`
    FROM a
    RUN one \
      # why
      two \   

      three
    RUN four \\
    USER x
  `;
  expect(trees(text)).toMatchInlineSnapshot(`
    "(from "a")
    (run "one   two   three")
    (run "four \\\\\\\\")
    (user "x")"
  `);
  const { comments, emptyContinuations } = parse(text);
  expect(comments).toMatchObject([{ text: ' why', isInside: true }]);
  expect(emptyContinuations.map((place) => slice(text, place))).toEqual(['\n']);
});

test('masks scripts without changing their length', () => {
  const text = 'FROM a\nRUN one \\ \r\n# why\r\n\r\n  two\r\n';
  const run = parse(text).instructions[1]!;
  if (run.kind !== 'RUN' || run.command?.form !== 'shell') return expect.unreachable();
  const { script, span } = run.command;
  expect(script.text).toBe('one   \\\n' + ' '.repeat(9) + '  two');
  expect(script.text.length).toBe(span.end - span.start);
  expect(script.at).toBe(span.start);
});

test('the escape directive applies to continuations and quotes, not to flags and heredocs', () => {
  const text = dockerfile`
    # escape=\`
    FROM a
    COPY c:\dir \`
      d:\
    ENV a="\`"b"
    RUN <<E\OF
    x
    EOF
  `;
  expect(trees(text)).toMatchInlineSnapshot(`
    "(from "a")
    (copy "c:\\\\dir" "d:\\\\")
    (env "a" "\\"\`\\"b\\"" "=")
    (run "<<E\\\\OF")"
  `);
  expect(troubles(text)).toEqual([]);
});

test('directives end at the first line that is not a directive', () => {
  const names = (text: string): readonly string[] =>
    parse(text).directives.map(({ name, value }) => `${name}=${value}`);
  expect(names('\ufeff# Syntax = a/b \n#check=skip=all\n\n# escape=`\nFROM a')).toEqual([
    'syntax=a/b',
    'check=skip=all',
  ]);
  expect(names('# other=1\n# escape=`\nFROM a')).toEqual([]);
  expect(names('#!/usr/bin/env x\n# syntax=a\n# escape=`\nFROM a')).toEqual(['syntax=a']);
  expect(troubles('# escape=x\n# escape=`\nFROM a')).toEqual([
    // BuildKit reports the line before the second directive; the span includes it.
    'duplicate-directive escape «# escape=x\n# escape=`»',
    'escape-directive x «x»',
  ]);
  // BuildKit's parser accepts `escape` on an indented line; the search for the other directives does not.
  const indented = '  # escape=`\n# check=skip=all\nFROM a';
  expect(names(indented)).toEqual(['escape=`']);
  expect(parse(indented).comments.map(({ text }) => text)).toEqual([' check=skip=all']);
  expect(troubles('# check=skip=all\n # check=skip=all\nFROM a')).toHaveLength(1);
  expect(names('#\u00a0check=skip=all\nFROM a')).toEqual([]);
});

test('the text of a word has no quotes and escapes', () => {
  const env = parse('FROM a\nENV a="b \\" $c" d=\'$e\' f=g\\ h "i j"=k l="m"n').instructions[1]!;
  if (env.kind !== 'ENV') return expect.unreachable();
  const texts = env.pairs.map(({ key, value }) => [key.text, value?.text, value?.quote]);
  expect(texts).toEqual([
    ['a', 'b " $c', '"'],
    ['d', '$e', "'"],
    ['f', 'g h', undefined],
    ['i j', 'k', undefined],
    ['l', 'mn', undefined],
  ]);
  expect(env.pairs.flatMap(({ value }) => value?.variables.map(({ name }) => name))).toEqual(['c']);
});

test('parses the name, operator and operand of variables', () => {
  const text = 'FROM a\nLABEL a=$A b=${B:-x${C##y}} c=\\$D d=${E//a/b} e="${F:?"no"}"';
  const label = parse(text).instructions[1]!;
  if (label.kind !== 'LABEL') return expect.unreachable();
  const found = label.pairs.flatMap(({ value }) =>
    (value?.variables ?? []).map(({ span, nameSpan, operator, operand }) => [
      slice(text, span),
      slice(text, nameSpan),
      operator,
      operand && slice(text, operand),
    ]),
  );
  expect(found).toEqual([
    ['$A', 'A', undefined, undefined],
    ['${B:-x${C##y}}', 'B', ':-', 'x${C##y}'],
    ['${C##y}', 'C', '##', 'y'],
    ['${E//a/b}', 'E', '//', 'a/b'],
    ['${F:?"no"}', 'F', ':?', '"no"'],
  ]);
  expect(troubles(text)).toEqual([]);
});

test('removes quotes and backslashes from flags and keeps their spans', () => {
  const text = 'FROM a\nCOPY --chown="$U":x --from=b\\ c --link -- --x y /z';
  const copy = parse(text).instructions[1]!;
  const flags = copy.flags.map(({ name, value, span }) => [
    slice(text, span),
    name.text,
    value?.text,
    value?.variables.map(({ nameSpan }) => slice(text, nameSpan)),
  ]);
  expect(flags).toEqual([
    ['--chown="$U":x', 'chown', '$U:x', ['U']],
    ['--from=b\\ c', 'from', 'b c', []],
    ['--link', 'link', undefined, undefined],
  ]);
  expect(copy.words.map(({ raw }) => raw)).toEqual(['--x', 'y', '/z']);
});

test('finds variables in heredocs of COPY, not of RUN; an unterminated heredoc ends the file', () => {
  const text =
    'FROM a\nRUN <<A\n$x\nA\nCOPY <<B <<"C" /d\n$y\nB\n$z\nC\nONBUILD ADD <<D /e\n$v\nFROM b';
  const { instructions, errors } = parse(text);
  const names = instructions.map(({ heredocs }) =>
    heredocs.map(({ variables }) => variables.map(({ name }) => name)),
  );
  expect(names).toEqual([[], [[]], [['y'], []], []]);
  const last = instructions[3]!;
  if (last.kind !== 'ONBUILD') return expect.unreachable();
  expect(last.trigger?.heredocs[0]?.variables.map(({ name }) => name)).toEqual(['v']);
  expect(last.span.end).toBe(text.length);
  expect(errors.map(({ code }) => code)).toEqual(['unterminated-heredoc']);
});

test('reports what BuildKit refuses at the smallest span', () => {
  expect(
    troubles(dockerfile`
      USER x
      FROM
      FROM a as 1b
      FROM a b
      FRM a
      RUN --foo --network=lan --mount=type=cache,foo=1,ro=maybe,size=1 x
      RUN --mount=type=secret x
      COPY --from=$x --link=no --link a
      COPY a <<E
      E
      ENV a
      ENV a=b c =d
      LABEL x="y
      ARG
      WORKDIR
      SHELL sh -c
      CMD [1]
      VOLUME [""]
      HEALTHCHECK --interval=1x --timeout=1us --retries=-1 CMD
      HEALTHCHECK FOO
      HEALTHCHECK NONE x
      ONBUILD ONBUILD RUN x
      ONBUILD FROM a
      EXPOSE \${a:=b} \${c
      LABEL a=\${}
      USER "a
    `),
  ).toMatchInlineSnapshot(`
    [
      "before-from USER «USER»",
      "from-arguments 0 «FROM»",
      "stage-name 1b «1b»",
      "from-arguments 2 «b»",
      "unknown-instruction FRM «FRM»",
      "unknown-flag foo RUN «--foo»",
      "network-mode lan «lan»",
      "mount-key foo «foo=1»",
      "mount-value ro maybe «maybe»",
      "mount-option size cache «size=1»",
      "secret-without-id «type=secret»",
      "from-variable --from «$x»",
      "flag-not-boolean link no «no»",
      "duplicate-flag link «--link»",
      "no-target COPY «a»",
      "heredoc-target COPY «<<E»",
      "missing-value ENV a «a»",
      "missing-equals ENV c «c»",
      "empty-name ENV «=d»",
      "unmatched-quote " «"y»",
      "no-arguments ARG «ARG»",
      "no-argument WORKDIR «WORKDIR»",
      "not-exec-form SHELL «sh -c»",
      "not-string-array CMD «[1]»",
      "empty-volume «""»",
      "bad-duration interval 1x «1x»",
      "short-duration timeout 1us «1us»",
      "negative-retries -1 «-1»",
      "healthcheck-command «CMD»",
      "healthcheck-type FOO «FOO»",
      "healthcheck-none-arguments «x»",
      "nested-onbuild «ONBUILD»",
      "onbuild-trigger FROM «FROM»",
      "unsupported-modifier := «\${a:=b}»",
      "missing-brace «\${c»",
      "bad-substitution \${} «\${}»",
      "unmatched-quote " «"a»",
    ]
  `);
  expect(troubles('')).toEqual(['no-instructions «»']);
  expect(parse('# a\n# b\n').errors).toMatchObject([{ span: { start: 4, end: 4 } }]);
  expect(troubles('ARG a')).toEqual(['no-stages «ARG»']);
  expect(troubles(`FROM a\nRUN ${'x'.repeat(70000)}`)[0]).toMatch(/^line-too-long 65535/);
});

test('reports errors in triggers of ONBUILD only if BuildKit does', () => {
  expect(troubles('FROM a\nONBUILD COPY "a /b\nONBUILD RUN --x y\nONBUILD FOO')).toEqual([]);
  expect(troubles('FROM a\nONBUILD ENV a')).toEqual(['missing-value ENV a «a»']);
});

test('an instruction at the end of the file ends within it', () => {
  for (const text of [
    'FROM a\nRUN x \\',
    'FROM a\nRUN x \\\n',
    'FROM a\nRUN x \\\n# c',
    '\\',
    'F\\\n\\',
  ]) {
    const { instructions } = parse(text);
    expect(instructions.at(-1)?.span.end).toBeLessThanOrEqual(text.length);
  }
  expect(slice('FROM a\nRUN x \\\n\n', parse('FROM a\nRUN x \\\n\n').instructions[1]!.span)).toBe(
    'RUN x \\',
  );
});

test('variables in JSON strings have the spans of their names', () => {
  const text = 'FROM a\nVOLUME ["/a$bc"]\nCOPY --chown="$us" ["a","${de}"]\n';
  const names = parse(text).instructions.flatMap(({ words, flags }) =>
    [...flags.flatMap(({ value }) => value ?? []), ...words].flatMap(({ variables }) =>
      variables.map(({ nameSpan }) => text.slice(nameSpan.start, nameSpan.end)),
    ),
  );
  expect(names).toEqual(['bc', 'us', 'de']);
});

test('reports a thousand errors of one mount, also if it has more', () => {
  const { errors } = parse(`FROM a\nRUN --mount=type=cache,${'a=b,'.repeat(5000)}id=c d\n`);
  expect(errors).toHaveLength(1000);
});
