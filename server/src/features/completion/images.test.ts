import { expect, test } from 'vitest';
import { emptyOutside } from '../../../../test/marked-document.ts';
import { accept, labelsAt, itemsAt } from '../../../../test/completion-items.ts';

const engine = (...known: readonly string[]) => ({
  ...emptyOutside,
  images: {
    search: (prefix: string) => Promise.resolve(known.filter((name) => name.startsWith(prefix))),
  },
});

test('completes an image with a colon, and then asks for its tag', async () => {
  expect(await accept('FROM pyth‸', 'python')).toBe('FROM python:');
  const python = (await itemsAt('FROM pyth‸')).find(({ label }) => label === 'python');
  expect(python?.triggersCompletion).toBe(true);
  expect(await accept('FROM pyt‸hon:3', 'python', { whole: true })).toBe('FROM python:3');
});

test('completes tags of official images, by each of their names', async () => {
  for (const name of ['python', 'library/python', 'docker.io/library/python', 'docker.io/python']) {
    const found = await labelsAt(`FROM ${name}:3‸`);
    expect(found, name).toContain('3.13-slim');
    expect(found.indexOf('3.14')).toBeLessThan(found.indexOf('3.13'));
  }
  expect(await accept('FROM python:3.1‸', '3.13-slim')).toBe('FROM python:3.13-slim');
  expect(await accept('FROM python:3.‸9-slim', '3.13', { whole: true })).toBe('FROM python:3.13');
  expect(await labelsAt('FROM localhost:5000/python:‸')).toEqual([]);
  expect(await labelsAt('FROM me/python:‸')).toEqual([]);
});

test('shows how long a release is supported, and which tags move', async () => {
  const found = await itemsAt('FROM debian:‸');
  const detail = (name: string): string | undefined =>
    found.find(({ label }) => label === name)?.detail;
  expect(detail('13')).toBe('supported until 30 June 2030');
  expect(detail('latest')).toBe('moving tag');
  expect(detail('sid')).toBe('pre-release');
});

test('marks end-of-life tags and lists them last', async () => {
  const found = await itemsAt('FROM oraclelinux:‸');
  const ended = found.filter((item) => item.isEndOfLife);
  expect(ended.length).toBeGreaterThan(0);
  expect(ended.every(({ detail }) => /end of life/.test(detail ?? ''))).toBe(true);
  expect(found.slice(found.length - ended.length)).toEqual(ended);
});

test('completes tags of well-known other images, with the driver that CUDA requires', async () => {
  expect(await accept('FROM nvidia/cu‸', 'nvidia/cuda')).toBe('FROM nvidia/cuda:');
  const cuda = await itemsAt('FROM docker.io/nvidia/cuda:‸');
  expect(cuda.find(({ label }) => label === '12.8.1-cudnn-devel-ubuntu24.04')?.detail).toBe(
    'requires driver 570.26',
  );
  expect(await labelsAt('FROM gcr.io/distroless/static-debian13:‸')).toContain('nonroot');
  expect(await accept('FROM tonistiigi/x‸', 'tonistiigi/xx')).toBe('FROM tonistiigi/xx');
  const dotnet = await itemsAt('FROM mcr.microsoft.com/dotnet/sdk:‸');
  expect(dotnet[0]).toMatchObject({ label: '10.0' });
  expect(dotnet[0]?.detail).toMatch(/^supported until /);
});

test('marks local tags that are official, and lists other local tags first', async () => {
  const outside = engine('python:3.13', 'python:mine', 'pythonic:1');
  const found = await itemsAt('FROM python:‸', outside);
  expect(found[0]).toMatchObject({ label: 'mine', detail: 'local image' });
  expect(found.find(({ label }) => label === '3.13')?.detail).toMatch(/^local image, /);
  expect(found.map(({ label }) => label)).not.toContain('1');
});

test('completes images in COPY and mounts, but not in digests and variables', async () => {
  expect(await labelsAt('FROM a\nCOPY --from=node:‸ x y')).toContain('22-alpine');
  expect(await labelsAt('FROM a\nRUN --mount=from=node:‸')).toContain('22-alpine');
  expect(await labelsAt('FROM python@sha256:‸')).not.toContain('3.13');
  expect(await labelsAt('FROM python:3.13-$X‸Y')).not.toContain('3.13');
});
