import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { applyEdits } from '../../text/edit.ts';
import type { Outside } from '../outside.ts';
import { asked, nothing } from '../../../../test/asked.ts';
import { completion } from './index.ts';

async function labels(source: string, outside: Outside = nothing): Promise<readonly string[]> {
  const { document, offset } = asked(source);
  return (await completion(document, offset, outside)).map(({ label }) => label);
}

/** The text after one of the offers was taken, placeholders shown by their text. */
async function accepted(source: string, label: string, outside = nothing): Promise<string> {
  const { document, offset } = asked(source);
  const chosen = (await completion(document, offset, outside)).find((it) => it.label === label);
  if (!chosen) return `no ${label}`;
  expect(chosen.span.end).toBe(offset);
  const text = chosen.snippet ? chosen.insert.replace(/\$\{\d+:([^}]*)\}/g, '$1') : chosen.insert;
  return applyEdits(document.text, [{ span: chosen.span, text }]);
}

describe('keywords', () => {
  test('before the first FROM there are only FROM and ARG', async () => {
    expect(await labels('‸')).toEqual(['FROM', 'ARG']);
    expect(await labels('F‸\nFROM a')).toEqual(['FROM', 'ARG']);
  });
  test('in a stage there is everything that is not deprecated', async () => {
    const found = await labels('FROM a\n‸');
    expect(found).toHaveLength(17);
    expect(found).not.toContain('MAINTAINER');
  });
  test('with placeholders, in the casing of the file', async () => {
    expect(await accepted('FROM a\nWO‸', 'WORKDIR')).toBe('FROM a\nWORKDIR /app');
    expect(await accepted('from a\nW‸\n', 'workdir')).toBe('from a\nworkdir /app\n');
  });
  test('a keyword with arguments behind it is only replaced', async () => {
    expect(await accepted('FROM a\nAD‸ x y', 'COPY')).toBe('FROM a\nCOPY x y');
  });
  test('a trigger of ONBUILD is none of FROM and ONBUILD', async () => {
    const found = await labels('FROM a\nONBUILD ‸');
    expect(found).toContain('RUN');
    expect(found).not.toContain('FROM');
    expect(found).not.toContain('ONBUILD');
    expect(await accepted('FROM a\nONBUILD US‸', 'USER')).toBe('FROM a\nONBUILD USER user');
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
    expect(await labels('FROM a\nRUN apt-get install --‸')).toEqual([]);
    expect(await labels('FROM a\nUSER -‸')).toEqual([]);
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
    expect(await labels(`${two}COPY --from=‸`)).toEqual(['test', 'build']);
    expect(await labels(`${two}COPY --from=b‸ x y`)).toEqual(['test', 'build']);
    expect(await labels(`${two}RUN --mount=type=bind,from=‸`)).toEqual(['test', 'build']);
    expect((await labels(`${two}FROM ‸`)).slice(0, 3)).toEqual(['last', 'test', 'build']);
    expect(await accepted(`${two}FROM te‸`, 'test')).toBe(`${two}FROM test`);
  });
  test('behind the image a name', async () => {
    expect(await accepted('FROM a A‸', 'AS')).toBe('FROM a AS name');
    expect(await accepted('from a ‸', 'as')).toBe('from a as name');
  });
  test('images at hand come behind stages', async () => {
    const outside = { ...nothing, images: { search: () => Promise.resolve(['local:1']) } };
    expect(await labels('FROM a AS x\nFROM lo‸', outside)).toEqual(['x', 'local:1']);
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
  test('names of rules to ignore', async () => {
    expect(await labels('FROM a\n# drydock ignore=‸\nRUN x', outside)).toEqual(['do-well']);
    expect(await accepted('FROM a\n# drydock ignore=x,d‸', 'do-well', outside)).toBe(
      'FROM a\n# drydock ignore=x,do-well',
    );
    expect(await accepted('FROM a\n# dr‸', 'drydock ignore=')).toBe('FROM a\n# drydock ignore=');
  });
});
