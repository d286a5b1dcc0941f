import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { usersOf } from './users.ts';

const passwd = [
  'root:x:0:0:root:/root:/bin/sh',
  'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  'broken line',
  'ada:x:1000:1000:Ada:/home/ada:/bin/ash',
  'e\u001bvil:x:1:1::/:/bin/sh',
].join('\n');

test('lists users who can log in first, and ignores invalid lines', async () => {
  const { engine } = fakeEngine({
    containers: [{ name: 'web', state: 'exited', files: { '/etc/passwd': passwd } }],
  });
  expect(
    (await usersOf(engine, 'web')).map(({ name, id, home }) => `${name} ${id} ${home}`),
  ).toEqual(['root 0 /root', 'ada 1000 /home/ada', 'daemon 1 /usr/sbin']);
});

test('returns no users without /etc/passwd', async () => {
  const { engine } = fakeEngine({ containers: [{ name: 'bare' }] });
  expect(await usersOf(engine, 'bare')).toEqual([]);
});
