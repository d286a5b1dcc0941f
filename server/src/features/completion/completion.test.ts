import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { asked, nothing } from '../../../../test/asked.ts';
import { accepted, behindBlank, labels, offered } from '../../../../test/completed.ts';
import { completion } from './index.ts';

describe('keywords', () => {
  test('before the first FROM there are only FROM, ARG and, at the top, directives', async () => {
    expect(await labels('‸')).toEqual([
      'FROM',
      'ARG',
      '# syntax=docker/dockerfile:1',
      '# syntax=docker/dockerfile:1-labs',
      '# escape=`',
      '# check=skip=',
      '# check=error=true',
    ]);
    expect(await labels('# syntax=docker/dockerfile:1\n‸\nFROM a')).not.toContain(
      '# syntax=docker/dockerfile:1',
    );
    expect(await labels('F‸\nFROM a')).toEqual(['FROM', 'ARG']);
    expect(await labels('# x\n\n‸\nFROM a')).toEqual(['FROM', 'ARG']);
  });
  test('in a stage there is everything that is not deprecated', async () => {
    const found = (await offered('FROM a\n‸')).filter(({ kind }) => kind === 'keyword');
    expect(found).toHaveLength(17);
    expect(found.map(({ label }) => label)).not.toContain('MAINTAINER');
  });
  test('with placeholders, in the casing of the file', async () => {
    expect(await accepted('FROM a\nWO‸', 'WORKDIR')).toBe('FROM a\nWORKDIR /app');
    expect(await accepted('from a\nW‸\n', 'workdir')).toBe('from a\nworkdir /app\n');
  });
  test('a keyword with arguments behind it is only replaced', async () => {
    expect(await accepted('FROM a\nAD‸ x y', 'COPY')).toBe('FROM a\nCOPY x y');
    expect(await accepted('FROM a\nW‸ORK /x', 'WORKDIR', { whole: true })).toBe(
      'FROM a\nWORKDIR /x',
    );
  });
  test('FROM, USER and ONBUILD go on with what is offered behind them', async () => {
    const items = await offered('FROM a\n‸');
    const again = items.filter((item) => item.again).map(({ label }) => label);
    expect(again.sort()).toEqual(['FROM', 'ONBUILD', 'USER']);
  });
  test('a blank brings them only behind ONBUILD', async () => {
    expect(await behindBlank('FROM a\nONBUILD ‸')).toContain('RUN');
    expect(await behindBlank('FROM a\n ‸')).toEqual([]);
  });
  test('a trigger of ONBUILD is none of FROM and ONBUILD', async () => {
    const found = await labels('FROM a\nONBUILD ‸');
    expect(found).toContain('RUN');
    expect(found).not.toContain('FROM');
    expect(found).not.toContain('ONBUILD');
    expect(await accepted('FROM a\nONBUILD US‸', 'USER')).toBe('FROM a\nONBUILD USER ');
  });
  test('not in arguments, continued lines, comments and heredocs', async () => {
    expect(await labels('FROM a\nRUN foo ‸')).not.toContain('COPY');
    expect(await labels('FROM a\nRUN foo \\\n  ba‸')).toEqual([]);
    expect(await labels('FROM a\nRUN foo \\\n  ‸')).not.toContain('COPY');
    expect(await labels('FROM a\n# co‸')).not.toContain('COPY');
    expect(await labels('FROM a\nRUN <<EOF\nec‸\nEOF\n')).toEqual([]);
    expect(await labels('FROM a\nRUN <<EOF\necho\nEOF\n‸')).toContain('COPY');
  });
});

describe('flags', () => {
  test('of this instruction, those that are not there yet', async () => {
    expect(await labels('FROM a\nCOPY --chown=1 --‸ a b')).toEqual([
      '--from',
      '--chmod',
      '--link',
      '--parents',
      '--exclude',
    ]);
    expect(await labels('FROM a\nRUN --mount=type=cache,target=/x --m‸')).toContain('--mount');
    expect(await labels('FROM a\nRUN echo --‸')).toEqual([]);
    expect(await labels('FROM a\nUSER -‸')).not.toContain('--from');
  });
  test('with = where a value must follow', async () => {
    expect(await accepted('FROM a\nCOPY --f‸ x y', '--from')).toBe('FROM a\nCOPY --from= x y');
    expect(await accepted('FROM a\nCOPY --l‸ x y', '--link')).toBe('FROM a\nCOPY --link x y');
    expect(await accepted('FROM a\nCOPY --f‸=x y', '--from')).toBe('FROM a\nCOPY --from=x y');
  });
  test('in a continued line and in a trigger', async () => {
    expect(await labels('FROM a\nRUN --network=none \\\n  --‸')).toContain('--mount');
    expect(await labels('FROM a\nONBUILD COPY --‸')).toContain('--from');
  });
});

describe('values', () => {
  test('where they are few', async () => {
    expect(await labels('FROM a\nRUN --network=‸')).toEqual(['default', 'none', 'host']);
    expect(await accepted('FROM a\nRUN --network=n‸ x', 'none')).toBe(
      'FROM a\nRUN --network=none x',
    );
  });
  test('platforms', async () => {
    expect(await labels('FROM --platform=‸ a')).toContain('linux/arm64');
    expect(await accepted('FROM --platform=‸ a', '$BUILDPLATFORM')).toBe(
      'FROM --platform=$BUILDPLATFORM a',
    );
  });
  test('types and options of mounts', async () => {
    expect(await labels('FROM a\nRUN --mount=type=‸')).toEqual([
      'bind',
      'cache',
      'secret',
      'ssh',
      'tmpfs',
    ]);
    expect(await labels('FROM a\nRUN --mount=type=tmpfs,‸')).toEqual(['target', 'size']);
    expect(await labels('FROM a\nRUN --mount=type=tmpfs,dst=/x,‸')).toEqual(['size']);
    expect(await labels('FROM a\nRUN --mount=type=cache,sharing=‸')).toEqual([
      'shared',
      'private',
      'locked',
    ]);
    expect(await accepted('FROM a\nRUN --mount=type=cache,ta‸ x', 'target')).toBe(
      'FROM a\nRUN --mount=type=cache,target= x',
    );
    expect(await accepted('FROM a\nRUN --mount=t‸', 'type=cache')).toBe(
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
  test('above, the nearest first, wherever one can be named', async () => {
    expect((await labels(`${two}COPY --from=‸`)).slice(0, 3)).toEqual(['test', 'build', 'alpine']);
    expect((await labels(`${two}COPY --from=b‸ x y`)).slice(0, 2)).toEqual(['test', 'build']);
    expect((await labels(`${two}RUN --mount=type=bind,from=‸`)).slice(0, 2)).toEqual([
      'test',
      'build',
    ]);
    expect((await labels(`${two}FROM ‸`)).slice(0, 3)).toEqual(['last', 'test', 'build']);
    expect(await accepted(`${two}FROM te‸`, 'test')).toBe(`${two}FROM test`);
  });
  test('those without a name by their number, but not in mounts', async () => {
    expect((await labels('FROM a:1\nFROM b\nCOPY --from=‸')).slice(0, 2)).toEqual(['0', 'alpine']);
    expect((await labels('FROM a:1\nFROM b\nRUN --mount=from=‸'))[0]).toBe('alpine');
  });
  test('behind the image a name', async () => {
    expect(await accepted('FROM a A‸', 'AS')).toBe('FROM a AS name');
    expect(await accepted('from a ‸', 'as')).toBe('from a as name');
  });
  test('images come behind stages, those at hand first', async () => {
    const outside = { ...nothing, images: { search: () => Promise.resolve(['local:1']) } };
    const found = await labels('FROM a AS x\nFROM lo‸', outside);
    expect(found.slice(0, 3)).toEqual(['x', 'local:1', 'alpine']);
    expect(found.at(-1)).toBe('scratch');
  });
  test('usual names behind AS, without those that are taken', async () => {
    expect(await labels('FROM a AS base\nFROM b AS ‸')).toEqual([
      'deps',
      'build',
      'test',
      'dev',
      'runtime',
      'final',
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
  test('in scope, with their values, before those that are always there', async () => {
    const { document, offset } = asked(`${source}RUN echo $‸`);
    const found = await completion(document, offset, nothing);
    const own = found.filter(({ label }) => ['VERSION', 'HOME_PAGE'].includes(label));
    expect(own.map(({ detail }) => detail).sort()).toEqual(['3', 'x']);
    expect(found.slice(0, 2)).toEqual(own);
    expect(found.map(({ label }) => label)).not.toContain('GLOBAL');
  });
  test('what the base image sets: PATH, and what ENV makes longer', async () => {
    expect(await labels('FROM a\nENV PATH=/x:$‸')).toEqual(['PATH']);
    expect(await labels('FROM a\nENV LD_LIBRARY_PATH=/x:$‸')).toEqual(['LD_LIBRARY_PATH', 'PATH']);
    expect(await labels('FROM a\nRUN echo $‸')).toEqual(['PATH', 'HOME']);
    expect(await labels('FROM a\nSHELL ["powershell"]\nRUN echo $‸')).not.toContain('HOME');
  });
  test('in FROM the platform that is mostly meant first', async () => {
    expect((await labels('FROM --platform=$‸'))[0]).toBe('BUILDPLATFORM');
    expect((await labels('FROM a-$‸'))[0]).toBe('TARGETARCH');
  });
  test('in FROM those before the first FROM', async () => {
    expect(await labels('ARG GLOBAL=1\nFROM a:$‸')).toContain('GLOBAL');
  });
  test('closed where they are open', async () => {
    const braced = `${source}WORKDIR /a/\${V‸`;
    expect(await accepted(braced, 'VERSION')).toBe(`${source}WORKDIR /a/\${VERSION}`);
    expect(await accepted(`${source}WORKDIR /\${V‸}/b`, 'VERSION')).toBe(
      `${source}WORKDIR /\${VERSION}/b`,
    );
    expect(await accepted(`${source}WORKDIR /$V‸`, 'VERSION')).toBe(`${source}WORKDIR /$VERSION`);
  });
  test('behind a name in braces, what can be done with its value', async () => {
    const found = await labels(`${source}WORKDIR /\${VERSION‸`);
    expect(found.slice(0, 1)).toEqual(['VERSION']);
    expect(found).toContain(':-');
    expect(found).toContain('##');
    expect(found).not.toContain(':=');
    expect(await labels(`${source}RUN echo \${VERSION:‸}`)).toEqual([':-', ':+', ':?', ':=']);
    expect(await accepted(`${source}WORKDIR /\${VERSION:‸`, ':-')).toBe(
      `${source}WORKDIR /\${VERSION:-}`,
    );
    expect(await accepted(`${source}WORKDIR /\${VERSION‸}`, '//')).toBe(
      `${source}WORKDIR /\${VERSION///}`,
    );
    expect(await labels(`${source}WORKDIR /\${NOBODY‸`)).not.toContain(':-');
  });
  test('platforms in FROM; in ARG those that the stage does not see yet', async () => {
    expect(await labels('FROM a:$‸')).toContain('TARGETARCH');
    const found = await labels(`${source}ARG ‸`);
    expect(found[0]).toBe('GLOBAL');
    expect(found).toContain('TARGETARCH');
    expect(found).not.toContain('VERSION');
  });
  test('not behind an escape', async () => {
    expect(await labels(`${source}WORKDIR /\\$‸`)).toEqual([]);
  });
});

describe('comments', () => {
  const rule = { summary: 'Do it well', why: '', severity: 'off', since: '0' } as const;
  const registered = {
    id: 'do-well',
    category: 'style',
    rule: { ...rule, examples: [{ bad: '', good: '' }] as const, check: () => [] },
  };
  const outside = { ...nothing, rules: [registered] };
  test('directives at the top', async () => {
    expect(await labels('# ‸')).toContain('syntax=docker/dockerfile:1');
    expect(await labels('FROM a\n# ‸')).not.toContain('syntax=docker/dockerfile:1');
    expect(await accepted('#‸\nFROM a', 'escape=`')).toBe('# escape=`\nFROM a');
  });
  test('values of directives', async () => {
    expect(await labels('# syntax=‸\nFROM a')).toEqual([
      'docker/dockerfile:1',
      'docker/dockerfile:1-labs',
    ]);
    expect(await accepted('# syntax=docker/‸\nFROM a', 'docker/dockerfile:1')).toBe(
      '# syntax=docker/dockerfile:1\nFROM a',
    );
    expect(await labels('# check=‸\nFROM a')).toEqual(['skip=', 'error=true']);
    expect(await labels('FROM a\n# syntax=‸')).toEqual([]);
  });
  test('checks of BuildKit to skip, and codes of hadolint', async () => {
    expect(await labels('# check=skip=‸\nFROM a')).toContain('StageNameCasing');
    expect(await accepted('# check=skip=all,Stage‸\nFROM a', 'StageNameCasing')).toBe(
      '# check=skip=all,StageNameCasing\nFROM a',
    );
    const known = {
      ...nothing,
      rules: [{ ...registered, rule: { ...registered.rule, also: { hadolint: ['DL3008'] } } }],
    };
    expect(await labels('FROM a\n# hadolint ignore=‸', known)).toEqual(['DL3008']);
    expect(await labels('FROM a\n# hadolint stage ignore=‸', known)).toEqual(['DL3008']);
  });
  test('what is said to hadolint', async () => {
    const found = (await labels('FROM a\n# hadolint ‸')).filter((one) =>
      one.startsWith('hadolint'),
    );
    expect(found).toEqual([
      'hadolint ignore=',
      'hadolint stage ignore=',
      'hadolint global ignore=',
      'hadolint shell=',
    ]);
    expect(await accepted('FROM a\n# hadolint sh‸', 'hadolint shell=')).toBe(
      'FROM a\n# hadolint shell=',
    );
    expect(await labels('FROM a\n# hadolint shell=‸')).toContain('pwsh');
    expect(await behindBlank('FROM a\n# hadolint ‸')).toContain('hadolint shell=');
    expect(await behindBlank('FROM a\n# drydock ‸')).toContain('drydock ignore=');
    expect(await behindBlank('FROM a\n# and ‸')).toEqual([]);
    expect(await behindBlank('FROM a\nRUN <<E\n# hadolint ‸\nE')).toEqual([]);
  });
  test('names of rules to ignore', async () => {
    expect(await labels('FROM a\n# drydock ignore=‸\nRUN x', outside)).toEqual(['do-well']);
    expect(await accepted('FROM a\n# drydock ignore=x,d‸', 'do-well', { outside })).toBe(
      'FROM a\n# drydock ignore=x,do-well',
    );
    expect(await accepted('FROM a\n# dr‸', 'drydock ignore=')).toBe('FROM a\n# drydock ignore=');
  });
});
