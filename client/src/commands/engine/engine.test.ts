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

test('the command that starts the engine is typed, not run', async () => {
  const t = trial({}, ['Docker Engine, with systemd']);
  await t.run(startEngine);
  expect(t.seen.at(-1)).toBe('type: sudo systemctl start docker');
});

describe('the doctor', () => {
  test('says what is wrong, who says where the engine is, and offers a try in a terminal', async () => {
    const address = {
      place: { kind: 'ssh', host: 'box', user: 'me' },
      source: 'config',
      context: 'box',
      url: 'ssh://me@box',
    } as const;
    const trouble = new EngineError('ssh', 'box answers by ssh, but Docker does not run there');
    const t = trial({}, [], { tools: { state: () => Promise.resolve({ address, trouble }) } });
    await t.run(diagnose);
    expect(t.seen).toEqual([
      'meanwhile: Looking for the Docker engine…',
      'warn: box answers by ssh, but Docker does not run there. The docker command uses the context box. [Try in a Terminal] [Show Log]',
    ]);
  });

  test('says so where nothing is wrong', async () => {
    const t = trial({});
    await t.run(diagnose);
    expect(t.seen.at(-1)).toMatch(/^tell: The engine at .* answers\.$/);
  });
});

test('the page of the engine tells disk use and what could go', async () => {
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
