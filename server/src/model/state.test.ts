/** What containers start, which stages are required, where files come from, and the shell of the base image. */
import { expect, test } from 'vitest';
import { parse } from '../syntax/parse.ts';
import { slice } from '../text/span.ts';
import { dockerfile } from '../text/dedent.ts';
import type { InstructionOf } from '../syntax/tree.ts';
import { createModel } from './lazy-model.ts';

/** ENTRYPOINT and CMD at the end of the file. */
function starts(text: string): readonly string[] {
  const model = createModel(parse(`${text}\nLABEL end=here`));
  const label = [...model.each('LABEL')].at(-1);
  if (label === undefined) return [];
  const { entrypoint, cmd } = model.stateAt(label);
  return [entrypoint, cmd].map((one) => (one ? slice(model.tree.text, one.span) : '-'));
}

test.each([
  ['FROM a', ['-', '-']],
  ['FROM a\nCMD x\nENTRYPOINT y', ['ENTRYPOINT y', 'CMD x']],
  ['FROM a\nENTRYPOINT y\nCMD x\nCMD z', ['ENTRYPOINT y', 'CMD z']],
  ['FROM a AS b\nENTRYPOINT y\nCMD x\nFROM b', ['ENTRYPOINT y', 'CMD x']],
  ['FROM a AS b\nCMD x\nFROM b\nENTRYPOINT y', ['ENTRYPOINT y', '-']],
  ['FROM a AS b\nENTRYPOINT y\nCMD x\nFROM b\nCMD z\nENTRYPOINT w', ['ENTRYPOINT w', 'CMD z']],
  ['FROM a AS b\nONBUILD CMD x\nFROM b\nENTRYPOINT y', ['ENTRYPOINT y', 'CMD x']],
  ['FROM a\nCMD x\nFROM a', ['-', '-']],
])('%j starts %j', (text, expected) => {
  expect(starts(text)).toEqual(expected);
});

test('marks stages that the target does not require', () => {
  const { stages } = createModel(
    parse(dockerfile`
      FROM a AS base
      FROM base AS build
      FROM base AS unused
      COPY --from=build x y
      FROM b AS tools
      FROM c
      COPY --from=1 x y
      RUN --mount=from=tools,target=/x true
    `),
  );
  expect(stages.map(({ reachable }) => reachable)).toEqual([true, true, false, true, true]);
});

test('accepts stages that refer to each other', () => {
  const { stages } = createModel(
    parse('FROM a AS x\nCOPY --from=y . .\nFROM x AS y\nCOPY --from=y . .'),
  );
  expect(stages.map(({ reachable }) => reachable)).toEqual([true, true]);
});

test('files come from an earlier stage, an image or a named context', () => {
  const model = createModel(
    parse(dockerfile`
      FROM a AS x
      COPY --from=later b c
      FROM a AS later
      COPY --from=X b c
      COPY --from=0 b c
      COPY --from=context b c
      RUN --mount=from=b:1,target=/x true
      COPY --from=9 b c
      COPY --from=B b c
    `),
  );
  const shown = model
    .references()
    .map(({ name, to }) => [
      name,
      to === undefined ? '-' : to.kind === 'stage' ? to.index : `${to.repository}:${to.tag ?? ''}`,
    ]);
  expect(shown).toEqual([
    ['later', 'later:'],
    ['X', 0],
    ['0', 0],
    ['context', 'context:'],
    ['b:1', 'b:1'],
    ['9', '-'],
    ['B', '-'],
  ]);
});

test('PATH is known if no base image can have set it', () => {
  const of = (text: string): string | undefined => {
    const model = createModel(parse(text));
    const [word] = [...model.each('WORKDIR')].at(-1)?.args ?? [];
    return word && model.expand(word)?.text;
  };
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  expect(of('FROM scratch\nWORKDIR $PATH')).toBe(path);
  expect(of('FROM scratch AS a\nFROM a\nENV PATH=/x:$PATH\nWORKDIR $PATH')).toBe(`/x:${path}`);
  expect(of('FROM a\nWORKDIR $PATH')).toBeUndefined();
  expect(of('FROM scratch\nWORKDIR /a$B')).toBe('/a');
  expect(of('FROM a\nARG B\nWORKDIR /a$B')).toBe('/a');
  expect(of('FROM a\nWORKDIR /a$B')).toBeUndefined();
});

test.each([
  ['FROM mcr.microsoft.com/windows/nanoserver:ltsc2025', 'cmd'],
  ['FROM mcr.microsoft.com/windows:ltsc2019', 'cmd'],
  ['FROM mcr.microsoft.com/dotnet/framework/aspnet:4.8', 'cmd'],
  ['FROM golang:1.26-windowsservercore-ltsc2025', 'cmd'],
  ['FROM --platform=windows/amd64 example.com/tool', 'cmd'],
  ['ARG P=windows/amd64\nFROM --platform=$P example.com/tool', 'cmd'],
  ['# escape=`\nFROM example.com/tool', 'cmd'],
  ['# escape=`\nFROM --platform=linux/amd64 example.com/tool', 'sh'],
  ['FROM --platform=$BUILDPLATFORM example.com/tool', 'sh'],
  ['FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell"]', 'powershell'],
  ['FROM mcr.microsoft.com/dotnet/sdk:10.0', 'sh'],
  ['FROM nanoserver AS a\nFROM a', 'cmd'],
])('the shell of %j is %s', (text, dialect) => {
  const model = createModel(parse(`${text}\nRUN x`));
  const run = [...model.each('RUN')].at(-1);
  expect(run && model.stateAt(run).shell.dialect).toBe(dialect);
});

test('each kind of several keeps its own properties', () => {
  const model = createModel(parse('FROM a\nCOPY a b\nRUN x'));
  const seen: string[] = [];
  for (const one of model.each('COPY', 'RUN')) {
    if (one.kind === 'COPY') {
      const copy: InstructionOf<'COPY'> = one;
      seen.push(copy.target?.text ?? '');
    } else seen.push(one.command?.form ?? '');
  }
  expect(seen).toEqual(['b', 'shell']);
});

test.each([
  ['FROM a\n# hadolint shell=pwsh\nRUN x', 'powershell'],
  ['FROM a\n# hadolint shell = bash\nRUN x', 'bash'],
  ['FROM a\n# hadolint shell=bash\nFROM b\nRUN x', 'sh'],
  ['# hadolint shell=bash\nFROM b\nRUN x', 'bash'],
  ['# hadolint shell=pwsh\nFROM a\nRUN x\nFROM b\nRUN y', 'powershell'],
  ['# hadolint shell=pwsh\nFROM a\n# hadolint shell=bash\nRUN x', 'bash'],
  ['# hadolint shell=pwsh\nFROM a\nSHELL ["/bin/sh", "-c"]\nRUN x', 'sh'],
  ['FROM a\n# hadolint shell=bash\nSHELL ["cmd", "/c"]\nRUN x', 'cmd'],
  ['FROM a AS b\n# hadolint shell=bash\nRUN x\nFROM b\nRUN y', 'bash'],
])('the shell of the last step of %j is %s', (text, dialect) => {
  const model = createModel(parse(text));
  const run = [...model.each('RUN')].at(-1);
  expect(run && model.stateAt(run).shell.dialect).toBe(dialect);
});

test('a working directory that is longer than any path is not known, and an absolute one is again', () => {
  const model = createModel(
    parse(`FROM alpine\n${'WORKDIR directory\n'.repeat(1000)}WORKDIR /a\nWORKDIR b\nRUN x\n`),
  );
  const directories = model.each('WORKDIR').map((one) => model.stateAt(one).workdir);
  expect(directories[2]).toBe('/directory/directory');
  expect(directories[999]).toBeUndefined();
  expect(model.each('RUN').map((run) => model.stateAt(run).workdir)).toEqual(['/a/b']);
});

test('the last stage of a name before a place counts', () => {
  const model = createModel(
    parse('FROM a AS s\nCOPY --from=s x y\nFROM b AS s\nFROM c AS s\nFROM d\nCOPY --from=s x y\n'),
  );
  const indexes = model.references().map(({ to }) => (to?.kind === 'stage' ? to.index : undefined));
  expect(indexes).toEqual([undefined, 2]);
  const before = [0, 1, 2, 3, 4].map((index) => model.stageNamed('S', index)?.index);
  expect(before).toEqual([undefined, 0, 1, 2, 2]);
});
