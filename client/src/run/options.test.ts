import { describe, expect, test } from 'vitest';
import type { ContainerConfig } from '../engine/container-config.ts';
import { parseExact } from '../engine/exact-json.ts';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import { inspectedContainer, modelHost } from '../../../test/engine-model.ts';
import { lasting } from '../../../test/lasting.ts';
import { lineOptions, randomLine, wordsOf, type LineWorld } from '../../../test/random-lines.ts';
import { specOfValues } from './spec-of-values.ts';
import { valuesOf } from './values-of-spec.ts';
import { specOfContainer, fallbackDefaults } from './from-container.ts';
import { argumentsOf, lineOfSpec, specOfLine, specOfWords } from './line.ts';
import { newContainer } from './request.ts';
import type { RunSpec } from './spec.ts';

const folder = '/home/me/project';
const context = { folder, variables: { HOME: '/home/me' }, uid: 1000, gid: 1000 };

const world: LineWorld = {
  folder,
  images: ['plain', 'rich'],
  containers: ['other', 'db'],
  networks: [
    { name: 'front', v4: '172.30.1.', v6: '2001:db8:1::' },
    { name: 'back', v4: '172.30.2.', v6: '2001:db8:2::' },
  ],
};

/** By reference. */
const images: Readonly<Record<string, ContainerConfig>> = {
  plain: { Cmd: ['sh'], Env: ['PATH=/bin'] },
  rich: {
    Entrypoint: ['/entry', '--all'],
    Cmd: ['serve'],
    Env: ['PATH=/bin', 'OF_IMAGE=yes', 'EMPTY='],
    Labels: { OF_IMAGE: 'yes' },
    ExposedPorts: { '80/tcp': {} },
    Volumes: { '/data': {} },
    User: 'app',
    WorkingDir: '/srv',
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD', 'check', 'a b'], Interval: 5_000_000_000, Retries: 3 },
  },
};

const outside = {
  variables: context.variables,
  files: new Map([
    [`${folder}/env`, 'FROM_FILE=yes\n# comment\nA=file\nHOME\n'],
    [`${folder}/labels`, 'from.file=yes\n'],
    [`${folder}/seccomp.json`, '{ "defaultAction": "SCMP_ACT_ALLOW" }'],
  ]),
};

const created = (spec: RunSpec) =>
  inspectedContainer(newContainer(spec, outside), images[spec.image] ?? {});

const seeds = Array.from({ length: 500 }, (_, index) => index);

describe('random lines over all options', () => {
  test('contain every option', () => {
    const seen = new Set(
      seeds.flatMap((seed) => randomLine(seed, world).options.map(({ name }) => name)),
    );
    expect(lineOptions.filter((name) => !seen.has(name))).toEqual([]);
  });

  test('are the same spec after they are printed and read', () => {
    for (const seed of seeds) {
      const words = wordsOf(randomLine(seed, world));
      const { spec, troubles } = specOfWords(words, context);
      expect(troubles, String(seed)).toEqual([]);
      expect(specOfWords(argumentsOf(spec).slice(1), context).spec, String(seed)).toEqual(spec);
      expect(specOfLine(lineOfSpec(spec), context).spec, String(seed)).toEqual(spec);
    }
  });

  test('give a container whose inspect, shown in the form, gives an equal container', () => {
    for (const seed of seeds) {
      const words = wordsOf(randomLine(seed, world));
      const { spec } = specOfWords(words, context);
      const first = created(spec);
      const image = detailsOf('image', { Config: images[spec.image] });
      const engine = { ...fallbackDefaults, hostName: modelHost };
      const again = specOfContainer(detailsOf('container', parseExact(first)), image, engine);
      const { spec: typed, marks } = specOfValues(valuesOf(again), context);
      expect(marks, String(seed)).toEqual([]);
      const { spec: printed, troubles } = specOfLine(lineOfSpec(typed), context);
      expect(troubles, String(seed)).toEqual([]);
      expect(lasting(created(printed)), `${seed}: ${words.join(' ')}`).toEqual(lasting(first));
    }
  });
});
