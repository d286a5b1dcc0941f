import { expect, test } from 'vitest';
import { fakeEngine, type FakeContainer } from '../../../test/fake-engine/fake-engine.ts';
import { preferredShell, shellsOf } from './shells.ts';

function shellsIn(container: Partial<FakeContainer>) {
  const world = fakeEngine({ containers: [{ name: 'web', ...container }] });
  return { world, shells: shellsOf(world.engine, 'web', ['PATH=/opt/bin:/bin']) };
}

test.each([
  [
    ['sh', 'ash', 'bash'],
    ['/bin/bash', '/bin/ash', '/bin/sh'],
  ],
  [
    ['sh', 'ash'],
    ['/bin/ash', '/bin/sh'],
  ],
  [['app'], []],
])('finds shells without running anything: of %j, %j', async (programs, found) => {
  const { world, shells } = shellsIn({ programs });
  expect(await shells).toEqual(found);
  expect(world.calls).toEqual([]);
});

test('reads /etc/shells, and ignores programs that are missing, not executable or not shells', async () => {
  const listed = ['# comment', '/usr/bin/zsh', '/usr/sbin/nologin', '/bin/missing', '/bin/plain'];
  const { shells } = shellsIn({
    programs: ['sh'],
    files: {
      '/etc/shells': listed.join('\n'),
      '/usr/bin/zsh': { linkTarget: '/bin/sh' },
      '/usr/sbin/nologin': { linkTarget: '/bin/sh' },
      '/bin/plain': 'text',
    },
  });
  expect(await shells).toEqual(['/bin/sh', '/usr/bin/zsh']);
});

test('follows links, and ends at a loop', async () => {
  const { shells } = shellsIn({
    programs: ['busybox'],
    files: {
      '/busybox/sh': { linkTarget: '../bin/busybox' },
      '/usr/bin/bash': { linkTarget: '/usr/local/bin/bash' },
      '/usr/local/bin/bash': { linkTarget: '/usr/bin/bash' },
    },
  });
  expect(await shells).toEqual(['/busybox/sh']);
});

test('searches PATH when there is no shell at a known place', async () => {
  const { shells } = shellsIn({
    programs: ['busybox'],
    files: { '/opt/bin/zsh': { linkTarget: '/bin/busybox' } },
  });
  expect(await shells).toEqual(['/opt/bin/zsh']);
});

test.each([
  ['/usr/bin/zsh', '/usr/bin/zsh'],
  ['/bin/sh', '/bin/bash'],
  ['/usr/bin/fish', '/bin/bash'],
  [undefined, '/bin/bash'],
])('prefers the login shell %s: %s', (login, preferred) => {
  expect(preferredShell(['/bin/bash', '/bin/sh', '/usr/bin/zsh'], login)).toBe(preferred);
});
