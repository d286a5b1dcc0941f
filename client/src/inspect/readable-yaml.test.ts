import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toReadableYaml } from './readable-yaml.ts';

const details = {
  Id: 'abc',
  Created: '2026-01-02T03:04:05.000000006Z',
  State: { Status: 'exited', Paused: false, ExitCode: 0, FinishedAt: '0001-01-01T00:00:00Z' },
  HostConfig: { Memory: 512_000_000, Binds: null, Devices: [] },
  Config: {
    Cmd: ['sh', '-c', 'echo "a: b" # no\nexit 1'],
    Env: ['PATH=/bin', 'yes', '- x', '8080'],
    Labels: { 'com.example/a': 'true', 'odd key: ': '' },
  },
  Mounts: [
    { Type: 'volume', Name: 'data', RW: true },
    { Type: 'bind', RW: false },
  ],
};

test('shows set values and omits empty ones', () => {
  const text = toReadableYaml(JSON.stringify(details)).replace(/(000000006Z {2}# ).*/, '$1…');
  expect(text).toMatchInlineSnapshot(`
    "Id: abc
    Created: 2026-01-02T03:04:05.000000006Z  # …

    State:
      Status: exited

    Config:
      Cmd:
        - sh
        - "-c"
        - "echo \\"a: b\\" # no\\nexit 1"
      Env:
        - PATH=/bin
        - "yes"
        - "- x"
        - "8080"
      Labels:
        com.example/a: "true"

    Mounts:
      - Type: volume
        Name: data
        RW: true
      - Type: bind

    HostConfig:
      Memory: 512000000  # 512 MB
    "
  `);
});

test('is valid YAML with the same values', () => {
  const read = parse(toReadableYaml(JSON.stringify(details))) as typeof details;
  expect(read.Config.Cmd).toEqual(details.Config.Cmd);
  expect(read.Config.Env).toEqual(details.Config.Env);
  expect(read.Mounts[0]).toEqual(details.Mounts[0]);
});
