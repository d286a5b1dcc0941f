import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needsNewLogin } from './socket-access.ts';

test('requires a new login for a member whose group is not in effect', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-access-'));
  const socket = join(directory, 'docker.sock');
  await writeFile(socket, '');
  await chmod(socket, 0o660);
  const { gid } = await stat(socket);
  const check = (user: string, effective: readonly number[]) =>
    needsNewLogin(socket, () =>
      Promise.resolve({ user, effective, groups: `docker:x:${gid}:me,you\nother:x:1:them\n` }),
    );
  expect(await check('me', [])).toBe(true);
  expect(await check('me', [gid])).toBe(false);
  expect(await check('them', [])).toBe(false);
  await chmod(socket, 0o600);
  expect(await check('me', [])).toBe(false);
  await rm(directory, { recursive: true });
  expect(await check('me', [])).toBe(false);
});
