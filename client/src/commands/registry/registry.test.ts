import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import login from './login.ts';
import logout from './logout.ts';

describe('registries', () => {
  const logins = (kept: unknown[]) => ({
    logins: () =>
      Promise.resolve({
        save: (one: unknown) => {
          kept.push(one);
          return Promise.resolve('file' as const);
        },
        remove: (host: string) => Promise.resolve(void kept.push(`forget ${host}`)),
        list: () => Promise.resolve(['ghcr.io']),
      }),
  });

  test('login stores the credentials and never shows the password', async () => {
    const kept: unknown[] = [];
    const t = trial({ accounts: { me: 'p@ss:w' } }, ['ghcr.io', 'me', 'p@ss:w'], {
      tools: logins(kept),
    });
    await t.run(login);
    expect(kept).toEqual([{ username: 'me', password: 'p@ss:w', serveraddress: 'ghcr.io' }]);
    expect(t.seen.join('\n')).not.toContain('p@ss');
    expect(t.world.calls.join('\n')).not.toContain('p@ss');
  });

  test('login does not store a wrong password', async () => {
    const kept: unknown[] = [];
    const t = trial({ accounts: { me: 'right' } }, ['ghcr.io', 'me', 'wrong'], {
      tools: logins(kept),
    });
    await expect(t.run(login)).rejects.toThrow('Could not log in to ghcr.io: ');
    expect(kept).toEqual([]);
  });

  test('logout removes the credentials', async () => {
    const kept: unknown[] = [];
    const t = trial({}, ['ghcr.io'], { tools: logins(kept) });
    await t.run(logout);
    expect(kept).toEqual(['forget ghcr.io']);
  });
});
