import { describe, expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import logsFrom from '../commands/containers/logs-from.ts';
import logs from '../commands/containers/logs.ts';
import open from '../commands/containers/open.ts';
import { engineHost, findPrintedAddress, publishedAddress } from './web-address.ts';

const token = '0123456789abcdef';

const published = [{ container: 8888, host: 32768, address: '0.0.0.0', protocol: 'tcp' as const }];

const jupyter = `    http://127.0.0.1:8888/lab?token=${token}\n`;

describe('logs', () => {
  test('are printed until the container stops', async () => {
    const t = trial({ containers: [{ name: 'web', state: 'exited', logs: 'hello\n' }] });
    await t.run(logs, 'web');
    await t.printed();
    expect(t.seen).toEqual(['output: web: logs', '  hello', '  Log stream ended.']);
  });
});

test('start at the selected line, with timestamps if selected', async () => {
  const answers = ['New lines only', 'With timestamps', 'Last 100 lines', 'With timestamps'];
  const t = trial({ containers: [{ name: 'web', state: 'exited', logs: 'hello\n' }] }, answers);
  await t.run(logsFrom, t.world.container('web'));
  await t.run(logsFrom, t.world.container('web'));
  await t.printed();
  const printed = t.seen.filter((line) => line.includes('hello'));
  expect(printed).toEqual([expect.stringMatching(/^ {2}2026-01-01T00:00:00\.000000000Z hello$/)]);
});

describe('a web page of a container', () => {
  test('is opened with the token from the logs', async () => {
    const t = trial({ containers: [{ name: 'lab', ports: published, logs: jupyter }] });
    await t.run(open, t.world.container('lab'));
    expect(t.seen).toEqual([`browser: http://localhost:32768/lab?token=${token}`]);
  });

  test('is selected when several ports are published', async () => {
    const ports = [...published, { container: 443, host: 8443, protocol: 'tcp' as const }];
    const t = trial({ containers: [{ name: 'lab', ports }] }, ['https://localhost:8443/']);
    await t.run(open, t.world.container('lab'));
    expect(t.seen.at(-1)).toBe('browser: https://localhost:8443/');
  });

  test('is offered once while the logs are read', async () => {
    const container = { name: 'lab', ports: published, logs: jupyter + jupyter };
    const t = trial({ containers: [container] });
    await t.run(logs, t.world.container('lab'));
    await expect
      .poll(() => t.seen.filter((line) => line.startsWith('info')))
      .toEqual(['info: lab serves a web page at http://localhost:32768/lab. [Open in Browser]']);
    t.world.exit('lab', 0);
    await t.printed();
    expect(t.seen.filter((line) => line.startsWith('info'))).toHaveLength(1);
  });

  test.each([
    ['http://127.0.0.1:8888/tree?token=abcdef0123', '/tree'],
    ['https://[::]:8888/?a=b&token=abcdef0123', '/'],
    ['http://evil.example:8888/lab?token=abcdef0123', '/lab'],
  ])('uses only port, path and token of %s', (text, path) => {
    const printed = findPrintedAddress(text);
    expect(printed).toMatchObject({ port: 8888, path, token: 'abcdef0123' });
    const address = printed && publishedAddress(printed, { ports: published }, 'gpu-box');
    expect(address).toContain(`//gpu-box:32768${path}?token=abcdef0123`);
  });

  test.each(['http://127.0.0.1:8888/lab', 'token=abcdef0123', 'http://a:1/?token=$(reboot)'])(
    'is not found in %s',
    (text) => expect(findPrintedAddress(text)).toBeUndefined(),
  );

  test('of a remote engine is opened on its host', () => {
    const endpoint = { kind: 'ssh', host: 'gpu-box' } as const;
    expect(engineHost({ endpoint, source: 'default', url: 'ssh://gpu-box' })).toBe('gpu-box');
  });
});
