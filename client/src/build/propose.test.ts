import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { referenceError } from '../registry/image-reference.ts';
import { beginsAsDockerfile } from './dockerfile-text.ts';
import { propose, proposedTag } from './propose.ts';
import { lineOfSpec } from './print.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

async function workspace(files: Readonly<Record<string, string>>): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'drydock-propose-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function proposed(files: Readonly<Record<string, string>>, name: string, stage?: string) {
  const root = await workspace(files);
  const { spec, source } = await propose(join(root, name), { folder: root, others: [], stage });
  const line = lineOfSpec(spec).replaceAll(root.split('/').at(-1)!.toLowerCase(), 'shop');
  return source === undefined ? line : `${line} (${source})`;
}

test.each([
  [{ 'api/Dockerfile': '' }, 'api/Dockerfile', 'docker build -t api:dev ./api'],
  [
    { 'api/Dockerfile.web': '' },
    'api/Dockerfile.web',
    'docker build -t api-web:dev -f api/Dockerfile.web ./api',
  ],
  [
    { 'docker/Dockerfile': 'FROM a\nCOPY src /src\n', 'src/a': '' },
    'docker/Dockerfile',
    'docker build -t docker:dev -f docker/Dockerfile .',
  ],
  [
    {
      'compose.yaml': 'services:\n  api:\n    image: shop-api:dev\n    build: ./api\n',
      'api/Dockerfile': '',
    },
    'api/Dockerfile',
    'docker build -t shop-api:dev ./api (compose.yaml)',
  ],
  [
    {
      'compose.yml':
        'services:\n  web:\n    image: web\n    build:\n      context: .\n      dockerfile: web/Dockerfile\n      target: prod\n      args:\n        A: 1\n        B:\n',
      'web/Dockerfile': '',
    },
    'web/Dockerfile',
    'docker build -t web -f web/Dockerfile --target prod --build-arg A=1 --build-arg B . (compose.yml)',
  ],
  [
    { 'compose.yaml': 'services: [broken', 'a/Dockerfile': '' },
    'a/Dockerfile',
    'docker build -t a:dev ./a',
  ],
  [
    { 'compose.yaml': 'services:\n  a:\n    image: ${X}/a\n    build: a\n', 'a/Dockerfile': '' },
    'a/Dockerfile',
    'docker build -t a:dev ./a',
  ],
])('proposes a build for %j', async (files, name, line) => {
  expect(await proposed(files, name)).toBe(line);
});

test('proposes the stage as the tag', async () => {
  const line = await proposed({ 'api/Dockerfile': '' }, 'api/Dockerfile', 'Build');
  expect(line).toBe('docker build -t api:build --target Build ./api');
});

test('never proposes the same name for two Dockerfiles, and always a valid one', () => {
  const files = [
    '/w/Dockerfile',
    '/w/Containerfile',
    '/w/api/Dockerfile',
    '/w/a/api/Dockerfile',
    '/w/b/api/Dockerfile',
    '/w/api/Dockerfile.web',
    '/w/api-web/Dockerfile',
    '/w/api/web.Dockerfile',
    '/w/api/Dockerfile.WEB',
    '/w/api/Dockerfile_web',
    '/w/centos-vimv2.0',
    '/w/centos/vimv2/0.Dockerfile',
    '/w/---/Dockerfile',
    '/w/日本/Dockerfile',
    '/w/日本/Dockerfile.ä',
    '/Dockerfile',
    'C:\\w\\api\\Dockerfile',
    `/w/${'x'.repeat(300)}/Dockerfile`,
    `/w/${'x'.repeat(300)}/Dockerfile.a`,
  ];
  const tags = files.map((file) => proposedTag(file, { others: files }));
  expect(new Set(tags).size).toBe(files.length);
  for (const tag of tags) expect([tag, referenceError(tag)]).toEqual([tag, undefined]);
});

test.each([
  'FROM alpine',
  '# comment\n\nFROM --platform=linux/amd64 debian:12 AS base',
  '# syntax=docker/dockerfile:1\r\nARG VERSION=1\r\nFROM base:${VERSION}\r\n',
  'arg A\nfrom $A',
  '\uFEFFFROM scratch',
  'ARG A=1 \\\n  B=2\nFROM a',
])('takes a file that begins with %j for a Dockerfile', (text) => {
  expect(beginsAsDockerfile(text)).toBe(true);
});

test.each([
  '',
  'from os import path',
  'From: me@example.com',
  'SELECT 1\nFROM table',
  'ARG',
  'ARG A=1\nRUN x',
  'FROM',
  'FROM the beginning of time',
  '# only a comment',
])('does not take a file that begins with %j for a Dockerfile', (text) => {
  expect(beginsAsDockerfile(text)).toBe(false);
});
