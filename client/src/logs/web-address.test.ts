import { describe, expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import open from '../commands/containers/open.ts';
import { engineHost, findPrintedAddress, publishedAddress } from './web-address.ts';

const token = '0123456789abcdef';

const published = [{ container: 8888, host: 32768, address: '0.0.0.0', protocol: 'tcp' as const }];

const jupyter = `    http://127.0.0.1:8888/lab?token=${token}\n`;

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
