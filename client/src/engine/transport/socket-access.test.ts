import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waitsForLogin } from './socket-access.ts';

test('who is in the group on paper only waits for a login', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-access-'));
  const socket = join(folder, 'docker.sock');
  await writeFile(socket, '');
  await chmod(socket, 0o660);
  const { gid } = await stat(socket);
  const asked = (user: string, effective: readonly number[]) =>
    waitsForLogin(socket, () =>
      Promise.resolve({ user, effective, groups: `docker:x:${gid}:me,you\nother:x:1:them\n` }),
    );
  expect(await asked('me', [])).toBe(true);
  expect(await asked('me', [gid])).toBe(false);
  expect(await asked('them', [])).toBe(false);
  await chmod(socket, 0o600);
  expect(await asked('me', [])).toBe(false);
  await rm(folder, { recursive: true });
  expect(await asked('me', [])).toBe(false);
});
