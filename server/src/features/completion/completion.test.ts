import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { markedDocument, emptyOutside } from '../../../../test/marked-document.ts';
import { accept, labelsAfterSpace, labelsAt, itemsAt } from '../../../../test/completion-items.ts';
import { completion } from './index.ts';

describe('keywords', () => {
  test('before the first FROM, offers only FROM, ARG and, at the top, directives', async () => {
    expect(await labelsAt('‸')).toEqual([
      'FROM',
      'ARG',
      '# syntax=docker/dockerfile:1',
      '# syntax=docker/dockerfile:1-labs',
      '# escape=`',
      '# check=skip=',
      '# check=error=true',
    ]);
    expect(await labelsAt('# syntax=docker/dockerfile:1\n‸\nFROM a')).not.toContain(
      '# syntax=docker/dockerfile:1',
    );
    expect(await labelsAt('F‸\nFROM a')).toEqual(['FROM', 'ARG']);
    expect(await labelsAt('# x\n\n‸\nFROM a')).toEqual(['FROM', 'ARG']);
  });
  test('offers them below a line with only the escape character', async () => {
    expect(await labelsAt('FROM a\n\\\n‸')).toContain('RUN');
    expect(await labelsAt('FROM a\n\\\n# b\n‸')).toContain('RUN');
    expect(await labelsAt('FROM a\nR\\\n‸')).toEqual([]);
  });
  test('in a stage, offers everything that is not deprecated', async () => {
    const found = (await itemsAt('FROM a\n‸')).filter(({ kind }) => kind === 'keyword');
    expect(found).toHaveLength(17);
    expect(found.map(({ label }) => label)).not.toContain('MAINTAINER');
  });
  test('inserts placeholders, in the case of the file', async () => {
    expect(await accept('FROM a\nWO‸', 'WORKDIR')).toBe('FROM a\nWORKDIR /app');
    expect(await accept('from a\nW‸\n', 'workdir')).toBe('from a\nworkdir /app\n');
  });
  test('replaces only the keyword if arguments follow', async () => {
    expect(await accept('FROM a\nAD‸ x y', 'COPY')).toBe('FROM a\nCOPY x y');
    expect(await accept('FROM a\nW‸ORK /x', 'WORKDIR', { whole: true })).toBe('FROM a\nWORKDIR /x');
  });
  test('FROM, USER and ONBUILD trigger completion of their argument', async () => {
    const items = await itemsAt('FROM a\n‸');
    const again = items.filter((item) => item.triggersCompletion).map(({ label }) => label);
    expect(again.sort()).toEqual(['FROM', 'ONBUILD', 'USER']);
  });
  test('a space triggers keywords only after ONBUILD', async () => {
    expect(await labelsAfterSpace('FROM a\nONBUILD ‸')).toContain('RUN');
    expect(await labelsAfterSpace('FROM a\n ‸')).toEqual([]);
  });
  test('does not offer FROM and ONBUILD as triggers of ONBUILD', async () => {
    const found = await labelsAt('FROM a\nONBUILD ‸');
    expect(found).toContain('RUN');
    expect(found).not.toContain('FROM');
    expect(found).not.toContain('ONBUILD');
    expect(await accept('FROM a\nONBUILD US‸', 'USER')).toBe('FROM a\nONBUILD USER ');
  });
  test('offers nothing where it would become part of the keyword', async () => {
    expect(await labelsAt('FROM a\nADD\\\n‸')).toEqual([]);
    expect(await labelsAt('# escape=`\nFROM a\nCOPY`  \r\n# why\r\n\r\n‸')).toEqual([]);
    expect(await labelsAt('FROM a\nONBUILD\\\n‸')).toEqual([]);
    expect(await labelsAt('FROM a\nCOPY \\\n‸')).toContain('--from');
  });
  test('offers no keywords in arguments, continuation lines, comments and heredocs', async () => {
    expect(await labelsAt('FROM a\nRUN foo ‸')).not.toContain('COPY');
    expect(await labelsAt('FROM a\nRUN foo \\\n  ba‸')).toEqual([]);
    expect(await labelsAt('FROM a\nRUN foo \\\n  ‸')).not.toContain('COPY');
    expect(await labelsAt('FROM a\n# co‸')).not.toContain('COPY');
    expect(await labelsAt('FROM a\nRUN <<EOF\nec‸\nEOF\n')).toEqual(['echo']);
    expect(await labelsAt('FROM a\nRUN <<EOF\necho\nEOF\n‸')).toContain('COPY');
  });
});

describe('flags', () => {
  test('offers flags of the instruction that are not set yet', async () => {
    expect(await labelsAt('FROM a\nCOPY --chown=1 --‸ a b')).toEqual([
      '--from',
      '--chmod',
      '--link',
      '--parents',
      '--exclude',
    ]);
    expect(await labelsAt('FROM a\nRUN --mount=type=cache,target=/x --m‸')).toContain('--mount');
    expect(await labelsAt('FROM a\nRUN echo --‸')).toEqual([]);
    expect(await labelsAt('FROM a\nUSER -‸')).not.toContain('--from');
  });
  test('adds = to flags that require a value', async () => {
    expect(await accept('FROM a\nCOPY --f‸ x y', '--from')).toBe('FROM a\nCOPY --from= x y');
    expect(await accept('FROM a\nCOPY --l‸ x y', '--link')).toBe('FROM a\nCOPY --link x y');
    expect(await accept('FROM a\nCOPY --f‸=x y', '--from')).toBe('FROM a\nCOPY --from=x y');
  });
  test('offers flags in a continuation line and in a trigger', async () => {
    expect(await labelsAt('FROM a\nRUN --network=none \\\n  --‸')).toContain('--mount');
    expect(await labelsAt('FROM a\nONBUILD COPY --‸')).toContain('--from');
  });
});

describe('values', () => {
  test('completes flags with a fixed set of values', async () => {
    expect(await labelsAt('FROM a\nRUN --network=‸')).toEqual(['default', 'none', 'host']);
    expect(await accept('FROM a\nRUN --network=n‸ x', 'none')).toBe('FROM a\nRUN --network=none x');
  });
  test('completes platforms', async () => {
    expect(await labelsAt('FROM --platform=‸ a')).toContain('linux/arm64');
    expect(await accept('FROM --platform=‸ a', '$BUILDPLATFORM')).toBe(
      'FROM --platform=$BUILDPLATFORM a',
    );
  });
  test('completes types and options of mounts', async () => {
    expect(await labelsAt('FROM a\nRUN --mount=type=‸')).toEqual([
      'cache',
      'bind',
      'secret',
      'ssh',
      'tmpfs',
    ]);
    expect(await labelsAt('FROM a\nRUN --mount=type=tmpfs,‸')).toEqual(['target', 'size']);
    expect(await labelsAt('FROM a\nRUN --mount=type=tmpfs,dst=/x,‸')).toEqual(['size']);
    expect(await labelsAt('FROM a\nRUN --mount=type=cache,sharing=‸')).toEqual([
      'shared',
      'private',
      'locked',
    ]);
    expect(await accept('FROM a\nRUN --mount=type=cache,ta‸ x', 'target')).toBe(
      'FROM a\nRUN --mount=type=cache,target= x',
    );
    expect(await accept('FROM a\nRUN --mount=t‸', 'type=cache')).toBe(
      'FROM a\nRUN --mount=type=cache',
    );
  });
});

describe('stages', () => {
  const two = dockerfile`
    FROM node:22 AS build
    FROM build AS test
    FROM alpine AS last
  `;
  test('completes stages above, nearest first, in all places that accept a stage', async () => {
    expect((await labelsAt(`${two}COPY --from=‸`)).slice(0, 3)).toEqual([
      'test',
      'build',
      'alpine',
    ]);
    expect((await labelsAt(`${two}COPY --from=b‸ x y`))[0]).toBe('build');
    expect((await labelsAt(`${two}RUN --mount=type=bind,from=‸`)).slice(0, 2)).toEqual([
      'test',
      'build',
    ]);
    expect((await labelsAt(`${two}FROM ‸`)).slice(0, 3)).toEqual(['last', 'test', 'build']);
    expect(await accept(`${two}FROM te‸`, 'test')).toBe(`${two}FROM test`);
  });
  test('completes stages of one name once, and of thousands those that fit to what is typed', async () => {
    const same = await labelsAt('FROM a AS x\nFROM b AS X\nFROM c\nCOPY --from=‸');
    expect(same.filter((label) => label.toLowerCase() === 'x')).toEqual(['X']);
    const many = `FROM a AS early\n${Array.from({ length: 3000 }, (_, i) => `FROM a AS s${i}\n`).join('')}`;
    expect((await labelsAt(`${many}FROM b\nCOPY --from=‸`))[0]).toBe('s2999');
    expect((await labelsAt(`${many}FROM b\nCOPY --from=ear‸`))[0]).toBe('early');
  });
  test('completes unnamed stages by number, but not in mounts', async () => {
    expect((await labelsAt('FROM a:1\nFROM b\nCOPY --from=‸')).slice(0, 2)).toEqual([
      '0',
      'alpine',
    ]);
    expect((await labelsAt('FROM a:1\nFROM b\nRUN --mount=from=‸'))[0]).toBe('alpine');
  });
  test('offers AS with a name after the image', async () => {
    expect(await accept('FROM a A‸', 'AS')).toBe('FROM a AS name');
    expect(await accept('from a ‸', 'as')).toBe('from a as name');
  });
  test('lists images after stages, local images first', async () => {
    const outside = { ...emptyOutside, images: { search: () => Promise.resolve(['local:1']) } };
    const found = await labelsAt('FROM a AS x\nFROM ‸', outside);
    expect(found.slice(0, 2)).toEqual(['x', 'local:1']);
    expect(await labelsAt('FROM a AS x\nFROM sc‸', outside)).toContain('scratch');
  });
  test('offers common stage names after AS, except those in use', async () => {
    expect(await labelsAt('FROM a AS base\nFROM b AS ‸')).toEqual([
      'builder',
      'build',
      'deps',
      'test',
      'dev',
      'runtime',
      'final',
      'production',
      'release',
    ]);
  });
});

describe('variables', () => {
  const source = dockerfile`
    ARG GLOBAL=1
    FROM a
    ARG VERSION=3
    ENV HOME_PAGE=x
  `;
  test('completes variables in scope with their values, before predefined variables', async () => {
    const { document, offset } = markedDocument(`${source}RUN echo $‸`);
    const { items: found } = await completion(document, offset, emptyOutside);
    const own = found.filter(({ label }) => ['VERSION', 'HOME_PAGE'].includes(label));
    expect(own.map(({ detail }) => detail).sort()).toEqual(['3', 'x']);
    expect(found.slice(0, 2)).toEqual(own);
    expect(found.map(({ label }) => label)).not.toContain('GLOBAL');
  });
  test('completes variables of the base image: PATH, and the variable that ENV extends', async () => {
    expect(await labelsAt('FROM a\nENV PATH=/x:$‸')).toEqual(['PATH']);
    expect(await labelsAt('FROM a\nENV LD_LIBRARY_PATH=/x:$‸')).toEqual([
      'LD_LIBRARY_PATH',
      'PATH',
    ]);
    expect(await labelsAt('FROM a\nENV NAME=$‸')).toEqual(['PATH']);
    expect((await labelsAt('FROM a\nRUN echo $‸')).slice(0, 2)).toEqual(['PATH', 'HOME']);
    expect(await labelsAt('FROM a\nSHELL ["powershell"]\nRUN echo $‸')).not.toContain('HOME');
  });
  test('in RUN, offers the proxies of the build last', async () => {
    const found = await labelsAt(`${source}RUN echo $‸`);
    expect(found.slice(-10)).toContain('https_proxy');
    expect(await labelsAt(`${source}WORKDIR /$‸`)).not.toContain('HTTP_PROXY');
  });
  test('in FROM, lists the most likely platform variable first', async () => {
    expect((await labelsAt('FROM --platform=$‸'))[0]).toBe('BUILDPLATFORM');
    expect((await labelsAt('FROM a-$‸'))[0]).toBe('TARGETARCH');
  });
  test('in FROM, completes variables declared before the first FROM', async () => {
    expect(await labelsAt('ARG GLOBAL=1\nFROM a:$‸')).toContain('GLOBAL');
  });
  test('completes variables that the script assigned above, the nearest first', async () => {
    const found = await labelsAt(`${source}RUN a=1; for b in x; do echo $‸; done; c=2`);
    expect(found.slice(0, 3)).toEqual(['b', 'a', 'VERSION']);
    expect(found).not.toContain('c');
    expect(await accept(`${source}RUN abc=1; echo \${a‸`, 'abc')).toBe(
      `${source}RUN abc=1; echo \${abc}`,
    );
  });
  test('adds a missing closing brace', async () => {
    const braced = `${source}WORKDIR /a/\${V‸`;
    expect(await accept(braced, 'VERSION')).toBe(`${source}WORKDIR /a/\${VERSION}`);
    expect(await accept(`${source}WORKDIR /\${V‸}/b`, 'VERSION')).toBe(
      `${source}WORKDIR /\${VERSION}/b`,
    );
    expect(await accept(`${source}WORKDIR /$V‸`, 'VERSION')).toBe(`${source}WORKDIR /$VERSION`);
  });
  test('completes operators after a variable name in braces', async () => {
    const found = await labelsAt(`${source}WORKDIR /\${VERSION‸`);
    expect(found.slice(0, 1)).toEqual(['VERSION']);
    expect(found).toContain(':-');
    expect(found).toContain('##');
    expect(found).not.toContain(':=');
    expect(await labelsAt(`${source}RUN echo \${VERSION:‸}`)).toEqual([':-', ':+', ':?', ':=']);
    expect(await accept(`${source}WORKDIR /\${VERSION:‸`, ':-')).toBe(
      `${source}WORKDIR /\${VERSION:-}`,
    );
    expect(await accept(`${source}WORKDIR /\${VERSION‸}`, '//')).toBe(
      `${source}WORKDIR /\${VERSION///}`,
    );
    expect(await labelsAt(`${source}WORKDIR /\${NOBODY‸`)).not.toContain(':-');
  });
  test('completes platform variables in FROM, and in ARG those not declared in the stage', async () => {
    expect(await labelsAt('FROM a:$‸')).toContain('TARGETARCH');
    const found = await labelsAt(`${source}ARG ‸`);
    expect(found[0]).toBe('GLOBAL');
    expect(found).toContain('TARGETARCH');
    expect(found).not.toContain('VERSION');
  });
  test('does not complete after an escape character', async () => {
    expect(await labelsAt(`${source}WORKDIR /\\$‸`)).toEqual([]);
  });
});

describe('comments', () => {
  const rule = { summary: 'Do it well', why: '', severity: 'off', since: '0' } as const;
  const registered = {
    id: 'do-well',
    category: 'style',
    rule: { ...rule, examples: [{ bad: '', good: '' }] as const, check: () => [] },
  };
  const outside = { ...emptyOutside, rules: [registered] };
  test('completes directives at the top', async () => {
    expect(await labelsAt('# ‸')).toContain('syntax=docker/dockerfile:1');
    expect(await labelsAt('FROM a\n# ‸')).not.toContain('syntax=docker/dockerfile:1');
    expect(await accept('#‸\nFROM a', 'escape=`')).toBe('# escape=`\nFROM a');
  });
  test('completes values of directives', async () => {
    expect(await labelsAt('# syntax=‸\nFROM a')).toEqual([
      'docker/dockerfile:1',
      'docker/dockerfile:1-labs',
    ]);
    expect(await accept('# syntax=docker/‸\nFROM a', 'docker/dockerfile:1')).toBe(
      '# syntax=docker/dockerfile:1\nFROM a',
    );
    expect(await labelsAt('# check=‸\nFROM a')).toEqual(['skip=', 'error=true']);
    expect(await labelsAt('FROM a\n# syntax=‸')).toEqual([]);
  });
  test('completes BuildKit checks and hadolint codes', async () => {
    expect(await labelsAt('# check=skip=‸\nFROM a')).toContain('StageNameCasing');
    expect(await accept('# check=skip=all,Stage‸\nFROM a', 'StageNameCasing')).toBe(
      '# check=skip=all,StageNameCasing\nFROM a',
    );
    const known = {
      ...emptyOutside,
      rules: [{ ...registered, rule: { ...registered.rule, also: { hadolint: ['DL3008'] } } }],
    };
    expect(await labelsAt('FROM a\n# hadolint ignore=‸', known)).toEqual(['DL3008']);
    expect(await labelsAt('FROM a\n# hadolint stage ignore=‸', known)).toEqual(['DL3008']);
  });
  test('completes hadolint comments', async () => {
    const found = (await labelsAt('FROM a\n# hadolint ‸')).filter((one) =>
      one.startsWith('hadolint'),
    );
    expect(found).toEqual([
      'hadolint ignore=',
      'hadolint stage ignore=',
      'hadolint global ignore=',
      'hadolint shell=',
    ]);
    expect(await accept('FROM a\n# hadolint sh‸', 'hadolint shell=')).toBe(
      'FROM a\n# hadolint shell=',
    );
    expect(await labelsAt('FROM a\n# hadolint shell=‸')).toContain('pwsh');
    expect(await labelsAfterSpace('FROM a\n# hadolint ‸')).toContain('hadolint shell=');
    expect(await labelsAfterSpace('FROM a\n# drydock ‸')).toContain('drydock ignore=');
    expect(await labelsAfterSpace('FROM a\n# and ‸')).toEqual([]);
    expect(await labelsAfterSpace('FROM a\nRUN <<E\n# hadolint ‸\nE')).toEqual([]);
  });
  test('completes rules to ignore', async () => {
    expect(await labelsAt('FROM a\n# drydock ignore=‸\nRUN x', outside)).toEqual(['do-well']);
    expect(await accept('FROM a\n# drydock ignore=x,d‸', 'do-well', { outside })).toBe(
      'FROM a\n# drydock ignore=x,do-well',
    );
    expect(await accept('FROM a\n# dr‸', 'drydock ignore=')).toBe('FROM a\n# drydock ignore=');
  });
});
