import { expect, test } from 'vitest';
import { baseLayers, lowerImages, type BaseFacts } from './base-image.ts';
import { imageSteps } from './image-steps.ts';
import type { Engine } from '../engine/engine.ts';
import type { SourceMatch } from './source-match.ts';

function stepsOf(...createdBy: readonly string[]) {
  const history = createdBy.map((text) => ({
    createdBy: text,
    size: /^(?:ADD|COPY|RUN)/.test(text) ? 1 : 0,
    createdAt: new Date(0),
    tags: [],
    comment: '',
  }));
  return imageSteps(history.reverse(), history.filter(({ size }) => size > 0).length);
}

const steps = stepsOf('ADD a', 'CMD ["bash"]', 'ENV A=b', 'RUN x', 'CMD ["y"]', 'COPY . .', 'RUN z', 'CMD ["z"]'); // prettier-ignore
const facts: BaseFacts = { steps, layers: 4, tags: ['shop:dev'], lower: [] };

function sourceMatch(baseImage: string, firstOwn: number): SourceMatch {
  return { path: '/w/Dockerfile', steps: [], firstOwn, edits: 0, baseImage };
}

test('assigns steps to layers, with the image config if it is known', () => {
  expect(steps.map(({ layer }) => layer)).toEqual([0, undefined, undefined, 1, undefined, 2, 3, undefined]); // prettier-ignore
  const history = ['RUN true', 'WORKDIR /', 'ENV A=b'].map((createdBy) => ({ createdBy, size: 0, createdAt: new Date(0), tags: [], comment: '' })); // prettier-ignore
  const config = [true, false, false].map((isEmpty) => ({ createdBy: '', comment: '', isEmpty }));
  const exact = imageSteps([...history].reverse(), 2, config);
  expect(exact.map(({ layer }) => layer)).toEqual([undefined, 0, 1]);
  expect(imageSteps(history, 9).every(({ layer }) => layer === undefined)).toBe(true);
});

test('takes the base image from FROM if the engine has it', () => {
  const lower = [
    { name: 'debian:13', layers: 1 },
    { name: 'node:latest', layers: 2 },
  ];
  expect(baseLayers({ ...facts, lower, source: sourceMatch('debian:13', 5) })).toEqual({ count: 1, firstOwnStep: 1 }); // prettier-ignore
  expect(baseLayers({ ...facts, lower, source: sourceMatch('node', 5) })).toEqual({ count: 2, firstOwnStep: 5 }); // prettier-ignore
  expect(baseLayers({ ...facts, lower, source: sourceMatch('scratch', 0) })).toEqual({ count: 0, firstOwnStep: 0 }); // prettier-ignore
});

test('otherwise takes what the Dockerfile did not make, a local image, or what is before the last CMD', () => {
  expect(baseLayers({ ...facts, source: sourceMatch('gone:1', 5) }).count).toBe(2);
  const lower = [
    { name: 'debian:13', layers: 1 },
    { name: 'shop:old', layers: 3 },
  ];
  expect(baseLayers({ ...facts, lower }).count).toBe(1);
  expect(baseLayers(facts)).toEqual({ count: 2, firstOwnStep: 5 });
  expect(baseLayers({ ...facts, steps: stepsOf('ADD a', 'CMD ["bash"]'), layers: 1 }).count).toBe(
    0,
  );
});

test('finds tagged images with the lowest layers', async () => {
  const layers: Record<string, readonly string[]> = {
    a: ['1'],
    b: ['1', '2'],
    c: ['2'],
    d: ['1', '2', '3'],
  };
  const image = (id: string) => ({ id, tags: [`${id}:1`], digests: [], size: 0, createdAt: new Date(0), labels: {} }); // prettier-ignore
  const engine = {
    images: () => Promise.resolve([...Object.keys(layers), 'gone'].map(image)),
    inspect: (_: string, id: string) =>
      layers[id] ? Promise.resolve({ layers: layers[id] }) : Promise.reject(new Error('gone')),
  } as unknown as Engine;
  const found = await lowerImages(engine, { id: 'd', layers: layers.d ?? [] });
  expect(found).toEqual([
    { name: 'a:1', layers: 1 },
    { name: 'b:1', layers: 2 },
  ]);
});
