import { expect, test } from 'vitest';
import { nodeFor } from './nodes.ts';

const node = (name: string, ...platforms: readonly string[]) => ({
  name,
  endpoint: '',
  platforms,
  options: {},
});
const farm = {
  name: 'farm',
  driver: 'remote',
  nodes: [
    node('intel', 'linux/amd64', 'linux/386'),
    node('arm', 'linux/arm64', 'linux/arm/v7'),
    node('all', 'linux/amd64', 'linux/arm64', 'linux/riscv64'),
  ],
};

test.each([
  [[], 'intel'],
  [['linux/amd64'], 'intel'],
  [['linux/arm64/v8'], 'arm'],
  [['linux/arm/v7'], 'arm'],
  [['linux/amd64', 'linux/arm64'], 'all'],
  // It may build them under emulation.
  [['linux/s390x'], 'intel'],
  [['linux/s390x', 'linux/amd64'], 'intel'],
])('selects a node for %j', (platforms, name) => {
  expect(nodeFor(farm, platforms).name).toBe(name);
});

test('reports platforms that only several nodes together build', () => {
  expect(() => nodeFor(farm, ['linux/386', 'linux/arm/v7'])).toThrow(
    'Builder farm does not have a node for all of linux/386, linux/arm/v7; build one platform at a time',
  );
});
