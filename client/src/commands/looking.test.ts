/** Looking into containers, opening what they serve, and images that come from elsewhere. */
import { describe, expect, test } from 'vitest';
import { recordingEditor, toolsFor, type Recording } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import {
  fakeEngine,
  type FakeEngine,
  type FakeWorld,
} from '../../../test/fake-engine/fake-engine.ts';
import type { Subjects } from '../explorer/item.ts';
import type { Editor } from '../ui/editor.ts';
import type { Command } from './command.ts';
import type { Tools } from '../ui/tools.ts';
import attach from './containers/attach.ts';
import diff from './containers/diff.ts';
import groupBy from './containers/group-by.ts';
import logs from './containers/logs.ts';
import logsFrom from './containers/logs-from.ts';
import open from './containers/open.ts';
import top from './containers/top.ts';
import pullAgain from './images/pull-again.ts';
import pullPlatform from './images/pull-platform.ts';
import search from './images/search.ts';
import { laterOf } from '../prune/second-prune.ts';
import { hostOf, printedIn, publishedAddress } from '../logs/web-address.ts';

interface Trial extends Recording {
  readonly world: FakeEngine;
  readonly tools: Tools;
  /** Texts of documents, as they were shown. */
  readonly texts: readonly string[];
  run(command: Command, ...subjects: readonly Subjects[keyof Subjects][]): Promise<void>;
}

function trial(
  world: FakeWorld,
  answers: readonly (string | undefined)[] = [],
  also: Partial<Editor> = {},
): Trial {
  const texts: string[] = [];
  const show: Editor['show'] = (_, text) => Promise.resolve(void texts.push(text));
  const recording = recordingEditor(answers, { show, ...also });
  const fake = fakeEngine(world);
  const tools = toolsFor(fake.engine, recording.editor);
  return {
    ...recording,
    world: fake,
    tools,
    texts,
    run: (command, ...subjects) => command.run(subjects, tools, { paths: [] }),
  };
}

const token = '0123456789abcdef';
const jupyter = `    http://127.0.0.1:8888/lab?token=${token}\n`;
const published = [{ container: 8888, host: 32768, address: '0.0.0.0', protocol: 'tcp' as const }];

describe('inside a container', () => {
  test('its processes are a document', async () => {
    const t = trial({ containers: [{ name: 'web', command: 'nginx' }] });
    await t.run(top, t.world.container('web'));
    expect(t.texts).toEqual(['UID   PID   CMD\nroot  4242  nginx\n']);
  });

  test('what differs from its image is a document, and its sum is told', async () => {
    const changes = [
      { kind: 'changed', path: '/etc' },
      { kind: 'added', path: '/etc/new\nline' },
      { kind: 'deleted', path: '/bin/old' },
    ] as const;
    const t = trial({ containers: [{ name: 'web', changes }, { name: 'db' }] });
    await t.run(diff, t.world.container('web'));
    expect(t.texts[0]).toMatch(/^# 1 added, 1 changed, 1 deleted since it was made of busybox/);
    expect(t.texts[0]?.split('\n').slice(1)).toEqual([
      '- /bin/old',
      '! /etc',
      String.raw`+ /etc/new\nline`,
      '',
    ]);
    await t.run(diff, t.world.container('db'));
    expect(t.texts[1]).toBe('# Nothing differs from busybox:latest.\n');
  });

  test('its main process is attached to, but not where it has ended', async () => {
    const inspect = { State: { Running: true } };
    const t = trial({ containers: [{ name: 'web', inspect }, { name: 'old' }] });
    await t.run(attach, t.world.container('web'));
    expect(t.seen).toEqual(['terminal: web: main process']);
    await expect(t.run(attach, t.world.container('old'))).rejects.toThrow(
      'old was not attached to: it does not run any more',
    );
  });
});

describe('a page that a container serves', () => {
  test('is opened with the token from its log', async () => {
    const t = trial({ containers: [{ name: 'lab', ports: published, logs: jupyter }] });
    await t.run(open, t.world.container('lab'));
    expect(t.seen).toEqual([`page: http://localhost:32768/lab?token=${token}`]);
  });

  test('is chosen where several ports are published', async () => {
    const ports = [...published, { container: 443, host: 8443, protocol: 'tcp' as const }];
    const t = trial({ containers: [{ name: 'lab', ports }] }, ['https://localhost:8443/']);
    await t.run(open, t.world.container('lab'));
    expect(t.seen.at(-1)).toBe('page: https://localhost:8443/');
  });

  test('is offered while its log is read, once', async () => {
    const container = { name: 'lab', ports: published, logs: jupyter + jupyter };
    const t = trial({ containers: [container] });
    await t.run(logs, t.world.container('lab'));
    await expect
      .poll(() => t.seen.filter((line) => line.startsWith('tell')))
      .toEqual(['tell: lab shows a page at http://localhost:32768/lab. [Open in Browser]']);
    t.world.exit('lab', 0);
    await t.printed();
    expect(t.seen.filter((line) => line.startsWith('tell'))).toHaveLength(1);
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

test('logs begin where one wants, with times where one wants', async () => {
  const answers = [
    'Now on',
    'With the time of each',
    'The last 100 lines',
    'With the time of each',
  ];
  const t = trial({ containers: [{ name: 'web', state: 'exited', logs: 'hello\n' }] }, answers);
  await t.run(logsFrom, t.world.container('web'));
  await t.run(logsFrom, t.world.container('web'));
  await t.printed();
  const printed = t.seen.filter((line) => line.includes('hello'));
  expect(printed).toEqual([expect.stringMatching(/^ {2}2026-01-01T00:00:00\.000000000Z hello$/)]);
});

describe('images from elsewhere', () => {
  const hub = [
    { name: 'nginx', description: 'A web server', stars: 20_000, official: true },
    { name: 'me/nginx', description: '', stars: 1, official: false },
  ];

  test('are found on Docker Hub, and pulled under a tag', async () => {
    const answers = ['nginx', 'nginx', 'nginx:1.29'];
    const t = trial({ hub, registry: ['nginx:1.29'] }, answers);
    await t.run(search);
    expect(t.seen).toContain('pick: Images on Docker Hub [nginx, me/nginx]');
    expect(t.seen).toContain('ask: Pull Image ‹nginx:latest›');
    expect(t.world.calls).toEqual(['search nginx', 'pull nginx:1.29']);
  });

  test('that nobody has are told as such', async () => {
    const t = trial({ hub }, ['zzz']);
    await t.run(search);
    expect(t.seen.at(-1)).toBe('tell: Docker Hub has nothing for zzz.');
  });

  test('are not found by an engine without a way out, in words', async () => {
    const t = trial({ hub }, ['nginx']);
    const message = 'Get "https://index.docker.io/v1/search": dial tcp: lookup: no such host';
    t.world.fail(new EngineError('failed', message));
    await expect(t.run(search)).rejects.toThrow(
      'Docker Hub was not searched: the engine does not reach it; it may be offline or need a proxy',
    );
  });

  test('are pulled for another platform where one asks for it', async () => {
    const t = trial({ registry: ['nginx:latest'] }, ['nginx', 'linux/arm64']);
    await t.run(pullPlatform);
    expect(t.seen).toContain('during: Pulling nginx:latest for linux/arm64');
    expect(t.world.calls).toEqual(['pull nginx:latest linux/arm64']);
  });

  test('are pulled again under the tag of their row', async () => {
    const t = trial({ registry: ['nginx:1'], images: [{ id: 'sha256:a', tags: ['nginx:1'] }] });
    const [image] = await t.world.engine.images();
    await t.run(pullAgain, { image: image!, tag: 'nginx:1' });
    expect(t.world.calls).toEqual(['pull nginx:1']);
  });
});

test('containers are grouped by a label that is asked for', async () => {
  const t = trial({}, ['Label', ' team ']);
  await t.run(groupBy);
  expect(t.seen.filter((line) => line.startsWith('prefer'))).toEqual([
    'prefer: containers.groupBy = "label"',
    'prefer: containers.groupByLabel = "team"',
  ]);
});

test('a second prune finds what only the containers of the first one used', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'a', id: 'a', imageId: 'one', volumes: ['data'], networks: ['bridge', 'shop'] },
      { name: 'b', id: 'b', imageId: 'one', networks: ['bridge'] },
    ],
  });
  const later = laterOf(await engine.containers());
  expect([later([]), later(['a']), later(['b']), later(['a', 'b'])]).toEqual([0, 2, 0, 3]);
});
