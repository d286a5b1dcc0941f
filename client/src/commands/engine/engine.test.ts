import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import diagnose from './diagnose.ts';
import overview from './overview.ts';
import startEngine from './start.ts';
import { EngineError } from '../../engine/errors.ts';

const image = {
  id: `sha256:${'a'.repeat(64)}`,
  tags: ['localhost:5000/shop:1'],
  size: 128_000_000,
};

test('inserts the command that starts the engine into a terminal without running it', async () => {
  const t = trial({}, ['Docker Engine, with systemd']);
  await t.run(startEngine);
  expect(t.seen.at(-1)).toBe('type: sudo systemctl start docker');
});

describe('Diagnose Connection', () => {
  test('reports the error and the source of the address, and offers to try ssh in a terminal', async () => {
    const address = {
      endpoint: { kind: 'ssh', host: 'box', user: 'me' },
      source: 'config',
      context: 'box',
      url: 'ssh://me@box',
    } as const;
    const error = new EngineError(
      'ssh',
      'Connected to box over SSH, but Docker is not running there',
    );
    const t = trial({}, [], {
      tools: { connectionState: () => Promise.resolve({ address, error }) },
    });
    await t.run(diagnose);
    expect(t.seen).toEqual([
      'progress: Connecting to the Docker engine…',
      'warning: Connected to box over SSH, but Docker is not running there. The default Docker context is box. [Try in Terminal] [Show Output]',
    ]);
  });

  test('reports a working connection', async () => {
    const t = trial({});
    await t.run(diagnose);
    expect(t.seen.at(-1)).toMatch(/^info: Connected to the engine at .*\.$/);
  });
});

test('system info shows disk usage and reclaimable space', async () => {
  const t = trial({
    images: [image],
    volumes: [{ name: 'data' }],
    containers: [{ name: 'old', state: 'exited' }],
  });
  await t.run(overview);
  const page = t.seen.at(-1) ?? '';
  expect(page).toContain('| Images | 1 | 128 MB | 1 | 128 MB |');
  expect(page).toContain('| Volumes | 1 | 1 kB | 1 | 1 kB |');
  expect(page).toContain('sudo rsync -aHAXS /var/lib/docker/ /mnt/data/docker/');
});
