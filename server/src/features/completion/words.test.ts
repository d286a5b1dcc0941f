import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { accept, labelsAfterSpace, labelsAt, itemsAt } from '../../../../test/completion-items.ts';

describe('users', () => {
  const source = dockerfile`
    FROM node:22 AS build
    RUN groupadd -r staff && useradd --uid 1001 -m bob
    FROM build
    RUN adduser -D -G staff carol
  `;
  test('lists users created in the file, then those of the base image, then root', async () => {
    expect(await labelsAt(`${source}USER ‸`)).toEqual(['carol', 'bob', 'node', 'root', 'nobody']);
    expect(await labelsAt('FROM alpine\nUSER ‸\nRUN adduser -D late')).toEqual(['root', 'nobody']);
  });
  test('lists those of the nearest steps first, in a file of any length', async () => {
    const steps = Array.from({ length: 1500 }, (_, i) => `RUN useradd u${i}\n`).join('');
    const at = (typed: string) => labelsAt(`FROM alpine\n${steps}USER ${typed}‸\nRUN useradd late`);
    expect((await at('')).slice(0, 3)).toEqual(['u1499', 'u1498', 'u1497']);
    expect(await at('u500')).toContain('u500');
    expect(await at('u499')).not.toContain('u499');
  });
  test('offers numeric IDs once a digit is typed', async () => {
    expect(await labelsAt('FROM alpine\nUSER 1‸')).toContain('1000');
    expect(await labelsAt('FROM alpine\nCOPY --chown=1000:1‸ a b')).toContain('1000');
    expect(await labelsAt('FROM alpine\nUSER ‸')).not.toContain('1000');
  });
  test('offers the users of Windows images', async () => {
    const both = ['ContainerUser', 'ContainerAdministrator'];
    expect(await labelsAt('FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER ‸')).toEqual(
      both,
    );
    expect(await labelsAt('FROM golang:windowsservercore\nUSER ‸')).toEqual(both);
  });
  test('completes groups after a colon, also in --chown', async () => {
    expect(await labelsAt(`${source}USER bob:‸`)).toContain('staff');
    expect(await accept(`${source}COPY --chown=bob:st‸ a b`, 'staff')).toBe(
      `${source}COPY --chown=bob:staff a b`,
    );
  });
});

test('completes signals with their description', async () => {
  const [first] = await itemsAt('FROM a\nSTOPSIGNAL ‸');
  expect(first).toMatchObject({ label: 'SIGTERM', detail: '15' });
  expect(first?.markdown?.()).toContain('docker stop');
  expect(await labelsAfterSpace('FROM a\nSTOPSIGNAL ‸')).toContain('SIGINT');
});

test('completes unused ports with their description, and protocols', async () => {
  const found = await itemsAt('FROM a\nEXPOSE 80 ‸');
  expect(found.map(({ label }) => label)).not.toContain('80');
  expect(found.find(({ label }) => label === '5432')?.detail).toBe('PostgreSQL');
  expect(await labelsAt('FROM a\nEXPOSE 53/‸')).toEqual(['tcp', 'udp', 'sctp']);
  expect(await labelsAfterSpace('FROM a\nEXPOSE ‸')).toEqual([]);
});

test('completes whole SHELL arrays, also partially typed ones', async () => {
  expect(await accept('FROM a\nSHELL ["/bin/b‸', '["/bin/bash", "-c"]')).toBe(
    'FROM a\nSHELL ["/bin/bash", "-c"]',
  );
  expect(await accept('FROM a\nSHELL ["/bin/bash", "‸', '["/bin/bash", "-c"]')).toBe(
    'FROM a\nSHELL ["/bin/bash", "-c"]',
  );
});

test('completes unset OCI labels with quotes for the value', async () => {
  const source = 'FROM a\nLABEL org.opencontainers.image.title="x" ';
  const found = await labelsAt(`${source}org‸`);
  expect(found).not.toContain('org.opencontainers.image.title');
  expect(await accept(`${source}org‸`, 'org.opencontainers.image.source')).toBe(
    `${source}org.opencontainers.image.source=""`,
  );
  expect(await accept('FROM a\nLABEL o‸="x"', 'org.opencontainers.image.url')).toBe(
    'FROM a\nLABEL org.opencontainers.image.url="x"',
  );
});

describe('values of OCI labels', () => {
  const licensed = 'FROM a\nLABEL org.opencontainers.image.licenses=';
  test('completes license identifiers, common ones first', async () => {
    for (const written of ['', '"', "'"]) {
      const found = await labelsAt(`${licensed}${written}‸`);
      expect(found.slice(0, 2)).toEqual(['Apache-2.0', 'MIT']);
      expect(await labelsAt(`${licensed}${written}Z‸`)).toContain('Zlib');
      expect(found).not.toContain('GPL-3.0');
      expect(new Set(found).size).toBe(found.length);
    }
    expect(await accept(`${licensed}"M‸IT"`, 'MPL-2.0', { whole: true })).toBe(
      `${licensed}"MPL-2.0"`,
    );
    expect(await accept('FROM a\nLABEL org.opencontainers.image.licenses M‸', 'MIT')).toBe(
      'FROM a\nLABEL org.opencontainers.image.licenses MIT',
    );
  });
  test('are completed right after the key if values are known', async () => {
    const again = (await itemsAt('FROM a\nLABEL ‸')).filter((item) => item.triggersCompletion);
    expect(again.map(({ label }) => label.replace('org.opencontainers.image.', ''))).toEqual([
      'source',
      'licenses',
      'url',
      'documentation',
    ]);
  });
  test('completes operators between licenses', async () => {
    expect(await labelsAt(`${licensed}"MIT ‸"`)).toEqual(['OR', 'AND', 'WITH']);
    expect(await accept(`${licensed}"MIT OR A‸"`, 'Apache-2.0')).toBe(
      `${licensed}"MIT OR Apache-2.0"`,
    );
    expect((await labelsAt(`${licensed}"(‸"`))[0]).toBe('Apache-2.0');
  });
  test('completes the base image and version variables of the file', async () => {
    const source =
      `FROM debian:13@sha256:${'0a'.repeat(32)}\n` +
      'ARG APP_VERSION=1.2\nARG GIT_SHA\nARG OTHER\nLABEL \\\n  ';
    const label = `${source}org.opencontainers.image.`;
    expect(await labelsAt(`${label}base.name="‸"`)).toEqual(['debian:13']);
    expect(await labelsAt(`${label}version="‸"`)).toEqual(['$APP_VERSION']);
    expect(await labelsAt(`${label}revision=‸`)).toEqual(['$GIT_SHA']);
    expect(await labelsAt(`${label}source="‸"`)).toContain('https://github.com/');
    expect(await labelsAt(`${label}title="‸"`)).toEqual([]);
    expect(
      await labelsAt('FROM a AS b\nFROM b\nLABEL org.opencontainers.image.base.name="‸"'),
    ).toEqual([]);
  });
  test('offers keys after a value, but not in it', async () => {
    expect(await labelsAt('FROM a\nLABEL a="x ‸"')).toEqual([]);
    expect(await labelsAt('FROM a\nLABEL a="x"‸')).toEqual([]);
    expect(await labelsAt('FROM a\nLABEL a="x" ‸')).toContain('org.opencontainers.image.licenses');
    expect(await labelsAt('FROM a\nLABEL a=x \\\n  ‸')).toContain('org.opencontainers.image.url');
  });
});

test('completes the forms of HEALTHCHECK', async () => {
  expect((await labelsAt('FROM a\nHEALTHCHECK ‸')).slice(0, 4)).toEqual([
    'CMD',
    'CMD curl',
    'CMD wget',
    'NONE',
  ]);
  expect(await labelsAt('FROM a\nHEALTHCHECK CMD curl ‸')).not.toContain('NONE');
});

test('lists known directories of the stage before common ones', async () => {
  const source = dockerfile`
    FROM a AS base
    WORKDIR /srv/site
    FROM base
    COPY . data/
    RUN mkdir -p /var/lib/x cache
  `;
  expect((await labelsAt(`${source}WORKDIR ‸`)).slice(0, 5)).toEqual([
    '/srv/site/cache',
    '/var/lib/x',
    '/srv/site/data',
    '/srv/site',
    '/app',
  ]);
});

test('completes platforms, modes and durations as flag values', async () => {
  expect(await labelsAt('FROM --platform=‸ a')).toContain('linux/riscv64');
  expect(await labelsAt('FROM a\nCOPY --chmod=‸ a b')).toContain('755');
  expect(await labelsAt('FROM a\nHEALTHCHECK --interval=‸')).toContain('30s');
  expect(await labelsAt('FROM a\nCOPY --link=‸ a b')).toEqual(['true', 'false']);
});

test('completes variables that programs of the base image read, with a common value', async () => {
  const source = 'FROM python:3.13 AS a\nENV LANG=C\nFROM a\n';
  expect(await accept(`${source}ENV PYTHONUN‸`, 'PYTHONUNBUFFERED')).toBe(
    `${source}ENV PYTHONUNBUFFERED=1`,
  );
  const found = await labelsAt(`${source}ENV UV_LINK_MODE=copy ‸`);
  expect(found).not.toContain('UV_LINK_MODE');
  expect(found).not.toContain('LANG');
  expect(found).not.toContain('NODE_ENV');
  expect(await labelsAt('FROM me/own\nENV NODE‸')).toContain('NODE_ENV');
  expect(await labelsAt('FROM nvidia/cuda:12.8.1-runtime-ubuntu24.04\nENV ‸')).toContain(
    'NVIDIA_VISIBLE_DEVICES',
  );
  expect(await labelsAt(`${source}ENV A=‸`)).toEqual([]);
  expect(await labelsAt('FROM me/own\nENV ‸')).toEqual(['LANG', 'TZ']);
});

test('HEALTHCHECK uses the port that the stage exposes', async () => {
  expect(await accept('FROM debian\nEXPOSE 3000/tcp\nHEALTHCHECK CMD ‸', 'curl')).toBe(
    'FROM debian\nEXPOSE 3000/tcp\nHEALTHCHECK CMD curl -fsS http://localhost:3000/health || exit 1',
  );
  expect((await labelsAt('FROM alpine\nENV HTTP_PORT=81\nHEALTHCHECK CMD ‸')).slice(0, 2)).toEqual([
    'wget',
    'curl',
  ]);
  expect(await accept('FROM alpine\nENV HTTP_PORT=81\nHEALTHCHECK ‸', 'CMD wget')).toContain(
    'localhost:81/',
  );
  expect(await labelsAt('FROM debian\nHEALTHCHECK CMD curl ‸')).not.toContain('wget');
});

test('lists ports of variables first, then the default port of the image', async () => {
  expect((await labelsAt('FROM postgres:18\nEXPOSE ‸'))[0]).toBe('5432');
  expect((await labelsAt('FROM node:22\nENV PORT=4001\nEXPOSE ‸')).slice(0, 2)).toEqual([
    '4001',
    '3000',
  ]);
  expect(await labelsAt('FROM node:22\nENV PORT=4001\nEXPOSE 4001 ‸')).not.toContain('4001');
});

test('completes home directories of users created in the file', async () => {
  expect((await labelsAt('FROM debian\nRUN useradd -m app\nWORKDIR /h‸'))[0]).toBe('/home/app');
});

test('completes owners with the group that the user was created in, or that USER names', async () => {
  expect(
    await labelsAt('FROM a\nRUN groupadd web && useradd -g web app\nCOPY --chown=‸ a b'),
  ).toContain('app:web');
  expect(await labelsAt('FROM alpine\nRUN adduser -S u -G g\nCOPY --chown=‸ a b')).toContain('u:g');
  expect((await labelsAt('FROM a\nUSER app:staff\nCOPY --chown=‸ a b'))[0]).toBe('app:staff');
});
