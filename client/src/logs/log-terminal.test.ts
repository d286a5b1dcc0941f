import { describe, expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import logsFrom from '../commands/containers/logs-from.ts';
import logs from '../commands/containers/logs.ts';
import open from '../commands/containers/open.ts';
import { hostOf, printedIn, publishedAddress } from './web-address.ts';

const token = '0123456789abcdef';

const published = [{ container: 8888, host: 32768, address: '0.0.0.0', protocol: 'tcp' as const }];

const jupyter = `    http://127.0.0.1:8888/lab?token=${token}\n`;

describe('logs', () => {
  test('logs print until the container says no more', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'exited', logs: 'hello\n' }] });
    await t.run(logs, 'web');
    await t.printed();
    expect(t.seen).toEqual(['output: web: logs', '  hello', '  web writes no more.']);
  });
});

test('logs start at the chosen line, with timestamps if chosen', async () => {
  const answers = ['New lines only', 'With timestamps', 'Last 100 lines', 'With timestamps'];
  const t = trial({ containers: [{ name: 'web', state: 'exited', logs: 'hello\n' }] }, answers);
  await t.run(logsFrom, t.world.container('web'));
  await t.run(logsFrom, t.world.container('web'));
  await t.printed();
  const printed = t.seen.filter((line) => line.includes('hello'));
  expect(printed).toEqual([expect.stringMatching(/^ {2}2026-01-01T00:00:00\.000000000Z hello$/)]);
});

describe('a page that a container serves', () => {
  test('is opened with the token from its log', async () => {
    const t = trial({ containers: [{ name: 'lab', ports: published, logs: jupyter }] });
    await t.run(open, t.world.container('lab'));
    expect(t.seen).toEqual([`browser: http://localhost:32768/lab?token=${token}`]);
  });

  test('is chosen where several ports are published', async () => {
    const ports = [...published, { container: 443, host: 8443, protocol: 'tcp' as const }];
    const t = trial({ containers: [{ name: 'lab', ports }] }, ['https://localhost:8443/']);
    await t.run(open, t.world.container('lab'));
    expect(t.seen.at(-1)).toBe('browser: https://localhost:8443/');
  });

  test('is offered while its log is read, once', async () => {
    const container = { name: 'lab', ports: published, logs: jupyter + jupyter };
    const t = trial({ containers: [container] });
    await t.run(logs, t.world.container('lab'));
    await expect
      .poll(() => t.seen.filter((line) => line.startsWith('info')))
      .toEqual(['info: lab shows a page at http://localhost:32768/lab. [Open in Browser]']);
    t.world.exit('lab', 0);
    await t.printed();
    expect(t.seen.filter((line) => line.startsWith('info'))).toHaveLength(1);
  });

  test.each([
    ['http://127.0.0.1:8888/tree?token=abcdef0123', '/tree'],
    ['https://[::]:8888/?a=b&token=abcdef0123', '/'],
    ['http://evil.example:8888/lab?token=abcdef0123', '/lab'],
  ])('of %s only the port, the path and the token are taken', (text, path) => {
    const one = printedIn(text);
    expect(one).toMatchObject({ port: 8888, path, token: 'abcdef0123' });
    const address = one && publishedAddress(one, { ports: published }, 'gpu-box');
    expect(address).toContain(`//gpu-box:32768${path}?token=abcdef0123`);
  });

  test.each(['http://127.0.0.1:8888/lab', 'token=abcdef0123', 'http://a:1/?token=$(reboot)'])(
    'there is none in %s',
    (text) => expect(printedIn(text)).toBeUndefined(),
  );

  test('of another machine is reached there', () => {
    const place = { kind: 'ssh', host: 'gpu-box' } as const;
    expect(hostOf({ place, source: 'default', url: 'ssh://gpu-box' })).toBe('gpu-box');
  });
});
