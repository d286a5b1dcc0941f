/** Default properties of the objects of a fake engine. */
import type { Container, Image } from '../../client/src/engine/engine.ts';
import type { Network, Volume } from '../../client/src/engine/objects.ts';
import type { Usage } from '../../client/src/engine/usage.ts';

export const defaultImage: Omit<Image, 'id'> = {
  tags: [],
  digests: [],
  size: 1_000_000,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  labels: {},
};

export const defaultUsage: Usage = {
  at: Date.parse('2026-01-01T00:00:00Z'),
  cpu: 0,
  processors: 4,
  memory: 0,
  memoryLimit: 8_000_000_000,
  received: 0,
  sent: 0,
  read: 0,
  written: 0,
  processes: 1,
};

export const defaultVolume: Omit<Volume, 'name'> = {
  driver: 'local',
  mountpoint: '/var/lib/docker/volumes',
  anonymous: false,
  labels: {},
};

export const defaultNetwork: Omit<Network, 'name' | 'id'> = {
  driver: 'bridge',
  builtin: false,
  internal: false,
  subnets: [],
  labels: {},
};

export const builtinNetworks = [
  { name: 'bridge', builtin: true, subnets: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }] },
  { name: 'host', builtin: true, driver: 'host' },
  { name: 'none', builtin: true, driver: 'null' },
];

export const defaultContainer: Omit<Container, 'id' | 'name' | 'status'> = {
  image: 'busybox:latest',
  imageId: `sha256:${'b'.repeat(64)}`,
  state: 'running',
  ports: [],
  createdAt: new Date('2026-01-01T00:00:00Z'),
  command: 'sh',
  labels: {},
  volumes: [],
  networks: ['bridge'],
};
