import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { accepted, behindBlank, labels } from '../../../../test/completed.ts';

describe('commands in RUN', () => {
  test('subcommands of package managers', async () => {
    expect((await labels('FROM a\nRUN apt-get ‸')).slice(0, 2)).toEqual(['update', 'install']);
    expect(await behindBlank('FROM a\nRUN apt-get ‸')).toContain('install');
    expect(await accepted('FROM a\nRUN apt-get ins‸', 'install')).toBe(
      'FROM a\nRUN apt-get install',
    );
    expect(await labels('FROM a\nRUN make && pip3.12 ‸')).toContain('install');
    expect(await labels('FROM a\nRUN uv pip ‸')).toContain('compile');
    expect(await labels('FROM a\nRUN pacman -‸')).toContain('-Syu');
  });
  test('options that are not there yet, behind the subcommand', async () => {
    const found = await labels('FROM a\nRUN apt-get install -y -‸');
    expect(found).toContain('--no-install-recommends');
    expect(found).not.toContain('-y');
    expect(await accepted('FROM a\nRUN apt-get install --no‸', '--no-install-recommends')).toBe(
      'FROM a\nRUN apt-get install --no-install-recommends',
    );
  });
  test('a blank brings no options: what comes next are names of packages', async () => {
    expect(await behindBlank('FROM a\nRUN apt-get install ‸')).toEqual([]);
    expect(await labels('FROM a\nRUN apt-get install cu‸')).toEqual([]);
  });
  test('in continued lines, chains and heredocs, behind sudo and python -m', async () => {
    expect(await labels('FROM a\nRUN set -e && \\\n  apt-get \\\n  ‸')).toContain('install');
    expect(await labels('FROM a\nRUN apt-get \\\n  # why\n  ‸')).toContain('install');
    expect(await labels('FROM a\nRUN apt-get update && apk ‸')).toContain('add');
    expect(await labels('FROM a\nRUN <<EOF\nnpm ‸\nEOF\n')).toContain('ci');
    expect(await labels('FROM a\nRUN sudo apt-get ‸')).toContain('install');
    expect(await labels('FROM a\nRUN python -m pip ‸')).toContain('install');
  });
  test('not for other commands, in quotes, and behind the end of one', async () => {
    expect(await labels('FROM a\nRUN make ‸')).not.toContain('install');
    expect(await labels('FROM a\nRUN apt-get update; ‸')).toEqual([]);
    expect(await labels('FROM a\nRUN apt-get "‸')).toEqual([]);
  });
});

describe('cache mounts', () => {
  test('for the commands of the RUN, whole', async () => {
    expect(await accepted('FROM a\nRUN --mount=‸ npm ci', 'type=cache,target=/root/.npm')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci',
    );
    expect(
      await accepted(
        'FROM a\nRUN --‸ apt-get update',
        '--mount=type=cache,target=/var/cache/apt,sharing=locked',
      ),
    ).toBe('FROM a\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update');
  });
  test('as the target of a cache, only what is not mounted', async () => {
    const found = await labels(
      'FROM a\nRUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=‸ apt-get update',
    );
    expect(found[0]).toBe('/var/cache/apt');
    expect(found).not.toContain('/var/lib/apt');
  });
  test('in the home of the user that runs it', async () => {
    const source = dockerfile`
      FROM node:22
      USER node
    `;
    expect(await labels(`${source}RUN --mount=‸ npm ci`)).toContain(
      'type=cache,target=/home/node/.npm',
    );
  });
  test('by the base image where no command is there yet', async () => {
    expect(await labels('FROM golang:1.27\nRUN --mount=‸')).toContain(
      'type=cache,target=/go/pkg/mod',
    );
  });
  test('ids that other mounts have', async () => {
    const source = 'FROM a\nRUN --mount=type=secret,id=key x\nRUN --mount=type=secret,id=‸';
    expect((await labels(source))[0]).toBe('key');
    expect(await labels('FROM a\nRUN --mount=type=secret,id=k,target=‸')).toContain(
      '/run/secrets/k',
    );
  });
  test('options that stand behind the cursor are not offered again', async () => {
    const found = await labels('FROM a\nRUN --mount=type=cache,‸,sharing=locked x');
    expect(found).toContain('target');
    expect(found).not.toContain('sharing');
  });
});
