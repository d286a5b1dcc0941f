import { describe, expect, test } from 'vitest';
import { parseMarks } from '../../../test/marks.ts';
import { nameOf } from '../shell/commands.ts';
import { parse } from '../syntax/parse.ts';
import { dockerfile } from '../text/dedent.ts';
import { slice } from '../text/span.ts';
import type { Model, Stage } from './model.ts';
import { document } from './document.ts';
import { createModel } from './lazy-model.ts';
import { mostInstructions } from './coverage.ts';

function at(written: string): { readonly model: Model; readonly cursor: number; text: string } {
  const { text, cursor = 0 } = parseMarks(written);
  return { model: createModel(parse(text)), cursor, text };
}

function base(stage: Stage): string {
  if (stage.base === undefined) return '-';
  const { base } = stage;
  if (base.kind === 'stage') return `stage ${base.index}`;
  const { registry, repository, tag, digest } = base;
  return JSON.stringify({ registry, repository, tag, digest });
}

function stages(text: string): string[] {
  return createModel(parse(text)).stages.map(
    (stage) =>
      `${stage.name ?? stage.index}: ${stage.image ?? '?'} ${base(stage)} used ${stage.usedBy
        .map(({ kind }) => kind)
        .join()}`,
  );
}

describe('stages', () => {
  test('have names, bases and uses', () => {
    expect(
      stages(dockerfile`
        ARG TAG=3.20
        ARG NONE
        FROM alpine:\${TAG} AS Base
        FROM base AS two
        COPY --from=0 /a /a
        RUN --mount=type=bind,from=base,target=/x true
        FROM scratch
        COPY --from=TWO /a /
        COPY --from=busybox:1 /a /
        FROM \${NONE:-registry.example.com:5000/a/b@sha256:${'0'.repeat(64)}}
        FROM $NONE
        FROM $TARGETARCH/x
        FROM late
        FROM \${TAG#3.} AS late
      `),
    ).toEqual([
      'Base: alpine:3.20 {"repository":"alpine","tag":"3.20"} used FROM,COPY,RUN',
      'two: base stage 0 used COPY',
      '2: scratch - used ',
      `3: registry.example.com:5000/a/b@sha256:${'0'.repeat(64)} {"registry":"registry.example.com:5000","repository":"a/b","digest":"sha256:${'0'.repeat(64)}"} used `,
      '4: ? - used ',
      '5: ? - used ',
      '6: late {"repository":"late"} used ',
      'late: 20 {"repository":"20"} used ',
    ]);
  });

  test('accepts cycles and invalid names', () => {
    expect(
      stages(
        'FROM a AS a\nCOPY --from=b x y\nFROM b AS b\nCOPY --from=b . .\nFROM\nCOPY --from=99 a b',
      ),
    ).toEqual(['a: a {"repository":"a"} used ', 'b: b {"repository":"b"} used ', '2: ? - used ']);
    expect(createModel(parse('')).target).toBeUndefined();
  });

  test('finds a stage by name or index: the last of several, and only earlier ones', () => {
    const model = createModel(parse('FROM a AS x\nFROM b AS X\nFROM c'));
    expect(model.stageNamed('x')?.index).toBe(1);
    expect(model.stageNamed('x', 1)?.index).toBe(0);
    expect(model.stageNamed('2')?.index).toBe(2);
    expect(model.stageNamed('2', 2)).toBeUndefined();
    expect(model.stageNamed('y')).toBeUndefined();
    expect(model.target?.index).toBe(2);
  });
});

/** The state at the instruction with the cursor. */
function state(written: string): unknown {
  const { model, cursor } = at(written);
  const instruction = model.instructionAt(cursor);
  if (instruction === undefined) return undefined;
  const { user, workdir, shell, variables } = model.stateAt(instruction);
  const values = [...variables.values()].map(({ name, value }) => `${name}=${value ?? '?'}`);
  return [user?.text ?? '-', workdir ?? '?', shell.dialect ?? '?', ...values];
}

describe('state', () => {
  test('has user, directory and shell, also those inherited from a stage', () => {
    expect(
      state(dockerfile`
        FROM debian AS one
        WORKDIR /srv
        USER app:app
        SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        FROM one
        WORKDIR ../opt/./x
        RUN ‸true
      `),
    ).toEqual(['app:app', '/opt/x', 'bash']);
    expect(state('FROM example\nWORKDIR rel\nRUN ‸x')).toEqual(['-', '?', 'sh']);
    expect(state('FROM debian\nWORKDIR rel\nRUN ‸x')).toEqual(['-', '/rel', 'sh']);
    expect(state('FROM scratch\nWORKDIR rel\nRUN ‸x')).toEqual(['-', '/rel', 'sh']);
    expect(state('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN ‸x')).toEqual([
      '-',
      '?',
      'cmd',
    ]);
    expect(state('FROM mongo:nanoserver-1809\nWORKDIR C:\\\\a\nRUN ‸x')).toEqual([
      '-',
      'C:\\a',
      'cmd',
    ]);
    expect(state('FROM a\nSHELL ["python", "-c"]\nRUN ‸x')).toEqual(['-', '?', '?']);
  });

  test('has variables: global ARG, ENV, inherited and unknown values', () => {
    expect(
      state(dockerfile`
        ARG A=1
        ARG B=$A.2
        FROM x AS one
        ARG B
        ARG C
        ARG TARGETARCH
        ENV D=\${C:-no} E="\${B%.*}" F=$UNKNOWN G='$B'
        ENV E=$E$E PATH=/x:$PATH
        FROM one
        RUN ‸x
      `),
    ).toEqual([
      '-',
      '?',
      'sh',
      'B=1.2',
      'C=?',
      'TARGETARCH=?',
      'D=no',
      'E=11',
      'F=?',
      'G=$B',
      'PATH=?',
    ]);
    expect(state('ARG A=1\n‸ARG B=2\nFROM x')).toEqual(['-', '?', 'sh', 'A=1']);
    expect(state('ARG A=1\nFROM x\nRUN ‸x')).toEqual(['-', '?', 'sh']);
  });

  test('pairs of an ENV are not visible to each other, those of an ARG are', () => {
    expect(state('FROM scratch\nENV A=1\nENV A=2 B=$A\nARG C=1 D=$C\nRUN ‸x')).toEqual([
      '-',
      '/',
      'sh',
      'A=2',
      'B=1',
      'C=1',
      'D=1',
    ]);
  });

  test('triggers of the parent stage apply from the start', () => {
    expect(state('FROM x AS a\nONBUILD ENV A=1\nONBUILD USER me\nFROM a\nRUN ‸x')).toEqual([
      'me',
      '?',
      'sh',
      'A=1',
    ]);
  });

  test('values that double on each line become unknown', () => {
    const model = createModel(parse(`FROM scratch\nENV A=x\n${'ENV A=$A$A\n'.repeat(60)}RUN x`));
    const [run] = model.each('RUN');
    expect(run && model.stateAt(run).variables.get('A')?.value).toBeUndefined();
  });
});

test('resolves a variable at its place', () => {
  const model = createModel(
    parse('ARG T=1\nFROM a:$T\nWORKDIR $T\nARG T\nWORKDIR $T\nENV T=2\nWORKDIR $T$http_proxy$PATH'),
  );
  const found = [...model.each('FROM', 'WORKDIR')].flatMap(({ words }) =>
    words.flatMap(({ variables }) =>
      variables.map((variable) => {
        const binding = model.resolve(variable);
        if (binding === undefined) return undefined;
        const { from } = binding;
        return [typeof from === 'string' ? from : from.kind, binding.value];
      }),
    ),
  );
  expect(found).toEqual([
    ['ARG', '1'],
    undefined,
    ['ARG', '1'],
    ['ENV', '2'],
    ['predefined', undefined],
    ['base', undefined],
  ]);
});

/** The uses of the symbol at the cursor, each as line, role and text. */
function symbol(written: string): unknown {
  const { model, cursor, text } = at(written);
  const found = model.symbolAt(cursor);
  if (found === undefined) return undefined;
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  return [
    `${found.kind} ${found.name}`,
    ...found.uses.map(({ span, role }) => `${line(span.start)} ${role} ${slice(text, span)}`),
  ];
}

describe('symbols', () => {
  test('finds uses of stages', () => {
    const file = dockerfile`
      FROM a AS bu‸ild
      FROM Build
      COPY --from=build /a /b
      RUN --mount=type=bind,from=build,source=/x,target=/y --mount=type=cache,target=/z true
      ONBUILD COPY --from=0 /a /b
    `;
    expect(symbol(file)).toEqual([
      'stage build',
      '1 definition build',
      '2 read Build',
      '3 read build',
      '4 read build',
      '5 read 0',
    ]);
    expect(symbol(file.replace('‸', '').replace('from=build,', 'from=bu‸ild,'))).toEqual(
      symbol(file),
    );
    expect(symbol('FROM a‸lpine\nFROM b')).toBeUndefined();
  });

  test('finds uses of variables: global, inherited, in flags, FROM, scripts and heredocs', () => {
    expect(
      symbol(dockerfile`
        ARG VERSION=1
        FROM a:$VERSION AS one
        ARG VERSION
        RUN curl "https://x/\${VERSION}.tgz" \
          # a comment
          && echo '$VERSION' $(x \${VERSION%.*})
        FROM b
        ENV VERSION=other
        FROM one
        COPY --chown=$VERSION <<EOF $VERSION‸/
        $VERSION
        EOF
        RUN <<EOF
        VERSION=2 sh -c 'echo $VERSION'
        EOF
        RUN ["echo", "$VERSION"]
      `),
    ).toEqual([
      'variable VERSION',
      '1 definition VERSION',
      '2 read VERSION',
      '3 definition VERSION',
      '4 read VERSION',
      '6 read VERSION',
      '10 read VERSION',
      '10 read VERSION',
      '11 read VERSION',
      '14 write VERSION',
      '14 read VERSION',
    ]);
  });

  test('separates variables of unrelated stages', () => {
    expect(symbol('FROM a\nENV A=1\nFROM b\nENV A‸=2\nRUN echo $A')).toEqual([
      'variable A',
      '4 definition A',
      '5 read A',
    ]);
    expect(symbol('FROM a\nRUN for i in 1; do echo $i‸; done')).toBeUndefined();
    expect(symbol('FROM a\nWORKDIR $NOT‸HING')).toEqual(['variable NOTHING', '2 read NOTHING']);
  });

  test('finds uses of heredocs', () => {
    expect(symbol('FROM a\nRUN <<"EO‸F" cat\nx\nEOF\n')).toEqual([
      'heredoc EOF',
      '2 definition EOF',
      '4 read EOF',
    ]);
  });
});

function commandTexts(text: string, ...names: string[]): string[] {
  const model = createModel(parse(text));
  return [...model.commands(...names)].map(
    ({ command, stage }) =>
      `${stage?.index ?? '-'} ${nameOf(command) ?? ''}: ${slice(text, command.span)}`,
  );
}

test("finds commands by name in heredocs, exec form, triggers and the stage's shell", () => {
  const text = dockerfile`
    FROM a
    RUN apt-get update && sudo apt-get install -y x
    RUN <<EOF
    apt-get clean
    apk add y
    EOF
    RUN <<EOF
    #!/usr/bin/env python3
    apt-get(nothing)
    EOF
    RUN ["/usr/bin/apt-get", "autoremove"]
    RUN cat <<EOF > /x
    apt-get in a text
    EOF
    RUN bash <<EOF
    apt-get check
    EOF
    ONBUILD RUN apt-get upgrade
    SHELL ["powershell", "-Command"]
    RUN Get-Item a; apt-get b
  `;
  expect(commandTexts(text, 'apk', 'apt-get')).toEqual([
    '0 apt-get: apt-get update',
    '0 apt-get: apt-get install -y x',
    '0 apt-get: apt-get clean',
    '0 apk: apk add y',
    '0 apt-get: ["/usr/bin/apt-get", "autoremove"]',
    '0 apt-get: apt-get check',
    '0 apt-get: apt-get upgrade',
    '0 apt-get: apt-get b',
  ]);
  expect(commandTexts(text, 'cat')).toEqual(['0 cat: cat <<EOF > /x']);
});

test('finds nested commands of a shell in exec form, with their spans', () => {
  const text = 'FROM a\nRUN ["bash", "-ec", "apt-get update && echo \\"x y\\" > z"]\n';
  expect(commandTexts(text)).toEqual([
    '0 bash: ["bash", "-ec", "apt-get update && echo \\"x y\\" > z"]',
    '0 apt-get: apt-get update',
    '0 echo: echo \\"x y\\" > z',
  ]);
});

test('returns instructions by kind, including triggers', () => {
  const model = createModel(parse('FROM a\nONBUILD RUN x\nRUN y\nUSER z'));
  expect([...model.each('RUN')].map(({ onbuild }) => onbuild === true)).toEqual([true, false]);
  expect([...model.each('USER', 'ONBUILD')].map(({ kind }) => kind)).toEqual(['ONBUILD', 'USER']);
  expect([...model.each()]).toHaveLength(5);
  expect(model.instructionAt(16)?.kind).toBe('RUN');
  expect(model.instructionAt(8)?.kind).toBe('ONBUILD');
});

test('covers a limited number of instructions of a very long file', () => {
  const text = `FROM a\n${'ENV A=b\n'.repeat(25_000)}RUN echo $A\n`;
  const one = document('untitled:a', text);
  expect(one.tree.instructions).toHaveLength(25_002);
  expect(one.model.stages[0]?.instructions).toHaveLength(mostInstructions - 1);
  const at = text.length - 2;
  expect(one.model.symbolAt(at)).toBeUndefined();
  expect(one.model.instructionAt(at)?.kind).toBe('RUN');
});
