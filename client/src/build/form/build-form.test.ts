import { describe, expect, test } from 'vitest';
import { buildLines, buildPlace } from '../../../../test/build-lines.ts';
import { recordingEditor } from '../../../../test/recording-editor.ts';
import type { BuildFacts } from '../../../../contract/protocol.ts';
import {
  isFromForm,
  type FormItem,
  type FormRow,
  type FormState,
  type FormValue,
} from '../../form/page.ts';
import { specOfLine } from '../line.ts';
import { requestOf } from '../request.ts';
import { specOf, type BuildSpec } from '../spec.ts';
import { BuildForm } from './build-form.ts';
import type { PathKind, World } from './world.ts';

const facts: BuildFacts = {
  stages: [
    { target: 'build', base: 'node:24', line: 1 },
    { target: 'runtime', base: 'node:24', line: 5 },
  ],
  arguments: [
    { name: 'NODE_VERSION', value: '24', line: 0, usedBy: ['FROM'], predefined: false },
    { name: 'GIT_SHA', line: 6, usedBy: ['LABEL'], predefined: false },
    { name: 'TARGETARCH', line: 7, usedBy: [], predefined: true },
  ],
  secrets: [{ id: 'npmrc', line: 3 }],
  ssh: [],
};

interface Opened {
  readonly form: BuildForm;
  readonly acted: { action: string; spec: BuildSpec }[];
}

function open(
  line: string,
  more: Partial<World> & { answers?: readonly string[]; missing?: readonly string[] } = {},
): Opened {
  const acted: Opened['acted'] = [];
  const { answers = [], missing = [], ...world } = more;
  const { editor } = recordingEditor(answers);
  const form = new BuildForm({
    editor,
    spec: specOfLine(line, buildPlace).spec,
    context: buildPlace,
    world: () => {
      const kind = (path: string): PathKind =>
        missing.includes(path)
          ? 'missing'
          : /\.[a-z]+$|file$|rc$/i.test(path)
            ? 'file'
            : 'directory';
      const paths = { get: kind, has: () => true } as unknown as World['paths'];
      return Promise.resolve({
        context: buildPlace,
        defaults: specOf('.', { tag: ['shop:dev'] }),
        facts,
        engine: { platform: 'linux/amd64', storesPlatforms: false, version: 'Docker 28.5.2' },
        paths,
        canShowContext: false,
        ...world,
      });
    },
    facts: () => ['Dockerfile'],
    act: (action, spec) => {
      acted.push({ action, spec });
      return Promise.resolve(true);
    },
    showContext: () => Promise.resolve(),
    late: { changed: () => undefined, close: () => undefined },
  });
  return { form, acted };
}

function row(state: FormState, id: string): FormRow {
  return state.rows.find((one) => one.id === id)!;
}

function items(state: FormState, id: string): readonly FormItem[] {
  const { control } = row(state, id);
  return control.kind === 'list' ? control.items : [];
}

/** What the page sends for a control that was edited without a change. */
function valueOf({ control }: FormRow): FormValue {
  switch (control.kind) {
    case 'text':
    case 'select':
    case 'check':
      return control.value;
    case 'checks':
      return control.options.filter(({ checked }) => checked).map(({ value }) => value);
    case 'list':
      return control.items.map(({ cells, given }) => ({
        ...cells,
        ...(given !== false && { given: 'true' }),
      }));
  }
}

describe.each(buildLines)('%s', (line) => {
  test('means the same build after each control of the form is written again', async () => {
    const before = specOfLine(line, buildPlace).spec;
    const { form, acted } = open(line);
    const { rows } = await form.state();
    for (const one of rows) {
      const value = valueOf(one);
      expect(isFromForm({ kind: 'edit', version: 1, row: one.id, value })).toBe(true);
      form.edit(one.id, value);
    }
    await form.act('build', () => undefined);
    const after = acted[0]!.spec;
    expect(requestOf(after, buildPlace)).toEqual(requestOf(before, buildPlace));
    expect(after.unknown).toEqual(before.unknown);
    const printed = specOfLine((await form.state()).line.text, buildPlace).spec;
    expect(requestOf(printed, buildPlace)).toEqual(requestOf(before, buildPlace));
  });
});

test('lists the declared arguments with their defaults, lines and uses', async () => {
  const state = await open('docker build --build-arg GIT_SHA= --build-arg OTHER=1 .').form.state();
  expect(items(state, 'build-arg')).toEqual([
    {
      cells: { name: 'NODE_VERSION', note: 'line 1 · used by FROM' },
      placeholders: { value: '24 (default)' },
      fixed: ['name'],
      given: false,
    },
    {
      cells: { name: 'GIT_SHA', note: 'line 7 · used by LABEL', value: '' },
      placeholders: { value: 'empty' },
      fixed: ['name'],
      given: true,
    },
    { cells: { name: 'OTHER', note: '', value: '1' }, placeholders: { value: 'empty' } },
  ]);
  expect(row(state, 'build-arg').marks).toMatchObject([
    { severity: 'warning', message: 'The Dockerfile declares no ARG OTHER.', item: 2 },
  ]);
});

test('passes an argument only if it has a value, which can be empty', async () => {
  const { form } = open('docker build .');
  const name = 'build-arg';
  form.edit(name, [{ name: 'NODE_VERSION', value: '' }, { name: 'GIT_SHA' }]);
  expect((await form.state()).line.text).toBe('docker build --build-arg NODE_VERSION= .');
});

test('adds values in the syntax of the command, several lines at once', async () => {
  const { form } = open('docker build -t a .');
  form.add('tag', ['b:1', '-t c --tag=d', '', '"e:2" \\']);
  form.add('build-arg', ['GIT_SHA=1']);
  form.add('build-arg', ['GIT_SHA=2']);
  expect((await form.state()).line.text).toBe(
    'docker build -t a -t b:1 -t c -t d -t e:2 --build-arg GIT_SHA=2 .',
  );
});

test('keeps the line as it is typed until the form is changed', async () => {
  const { form } = open('docker build .');
  const typed = 'sudo docker  build --target=build --shiny   .';
  form.readLine(typed);
  let state = await form.state();
  expect(state.line.text).toBe(typed);
  expect(row(state, 'target')).toMatchObject({ changed: true, control: { value: 'build' } });
  expect(state.line.kept).toEqual(['--shiny']);
  form.edit('no-cache', true);
  state = await form.state();
  expect(state.line.text).toBe('sudo docker build --target build --no-cache --shiny .');
});

test('removes a kept option only with its chip', async () => {
  const { form } = open('docker build --provenance=mode=max --shiny -t a .');
  form.edit('tag', []);
  expect((await form.state()).line.kept).toEqual(['--provenance mode=max', '--shiny']);
  form.removeKept(0);
  expect((await form.state()).line.text).toBe('docker build --shiny .');
});

test('marks values that differ from the proposed ones, and resets them', async () => {
  const { form } = open('docker build -t a --pull ./api');
  const changed = async () => {
    const { rows } = await form.state();
    return rows.filter((one) => one.changed).map(({ id }) => id);
  };
  expect(await changed()).toEqual(['tag', 'context', 'pull']);
  for (const id of await changed()) form.reset(id);
  expect((await form.state()).line.text).toBe('docker build -t shop:dev .');
});

test('names the errors, and fixes them with their buttons', async () => {
  const { form } = open('docker build -t App --target biuld -f x/Dockerfile ./apii', {
    missing: ['/work/shop/apii'],
  });
  let state = await form.state();
  expect(state.errors.map(({ label }) => label)).toEqual([
    '--tag App',
    'build context',
    '--target biuld',
  ]);
  expect(state.errorSummary).toBe('3 errors:');
  const [mark] = row(state, 'context').marks;
  expect(mark).toMatchObject({
    message: './apii does not exist.',
    offers: [{ label: 'Use .' }, { label: 'Browse…' }],
  });
  await form.offer(mark!.offers[0]!.id);
  state = await form.state();
  const [stage] = row(state, 'target').marks;
  expect(stage).toMatchObject({ message: 'The Dockerfile has no stage biuld.' });
  await form.offer(stage!.offers[0]!.id);
  expect((await form.state()).line.text).toBe(
    'docker build -t App -f x/Dockerfile --target build .',
  );
});

test.each([
  [
    'docker build -t a --platform linux/amd64,linux/arm64 .',
    'platform',
    'This engine stores one platform per image',
  ],
  [
    'docker build -t a --no-cache --no-cache-filter build .',
    'no-cache',
    '--no-cache cannot be combined',
  ],
  ['docker build --push .', 'push', 'Pushing requires a tag.'],
  ['docker build --secret id=t,env=NOT_SET .', 'secret', 'NOT_SET is not set'],
  [
    'docker build --build-arg GIT_SHAA=1 .',
    'build-arg',
    'The Dockerfile declares no ARG GIT_SHAA.',
  ],
  ['docker build -', 'context', 'standard input'],
])('reports a problem of %s', async (line, id, message) => {
  const { marks } = row(await open(line).form.state(), id);
  expect(marks.map((mark) => mark.message).join()).toContain(message);
});

test('writes a selected folder relative to the folder of the command', async () => {
  const { form } = open('docker build .', { answers: ['/work/shop/api', '/elsewhere'] });
  await form.browse('context');
  expect((await form.state()).line.text).toBe('docker build ./api');
  await form.browse('context');
  expect((await form.state()).line.text).toBe('docker build /elsewhere');
});

test('colors the words of the line, kept options and errors', async () => {
  const line = 'docker build -t App --build-arg A=./x --shiny .';
  const { tokens } = (await open(line).form.state()).line;
  const words = tokens.map(({ start, end, color, kept, error }) =>
    [line.slice(start, end), color, kept && 'kept', error && 'error'].filter(Boolean).join(' '),
  );
  expect(words).toEqual([
    'docker program',
    'build program',
    '-t flag',
    'App image error',
    '--build-arg flag',
    'A name',
    '=',
    './x path',
    '--shiny flag kept',
    '. path',
  ]);
});

test.each([
  { kind: 'edit', version: 1, row: 'tag', value: { a: 1 } },
  { kind: 'edit', version: 1, row: 'tag', value: [{ a: 1 }] },
  { kind: 'edit', row: 'tag', value: 'a' },
  { kind: 'add', version: 1, row: 'tag', texts: [1] },
  { kind: 'removeKept', version: 1, index: 0.5 },
  { kind: 'other', version: 1 },
  null,
])('refuses the message %j', (message) => {
  expect(isFromForm(message)).toBe(false);
});

test('ignores rows that do not exist', async () => {
  const { form } = open('docker build .');
  form.edit('__proto__', 'x');
  form.add('constructor', ['x']);
  form.reset('toString');
  await form.browse('hasOwnProperty');
  await form.offer('99');
  form.removeKept(7);
  expect((await form.state()).line.text).toBe('docker build .');
});

describe('builders', () => {
  const builders: World['builders'] = [
    { name: 'farm', driver: 'remote', place: 'tcp://farm:1234', current: true },
    { name: 'boxed', driver: 'docker-container', place: '', nodes: 2 },
    { name: 'gpu-box', place: 'ssh://me@gpu-box' },
  ];

  test('lists this engine and the known builders', async () => {
    const state = await open('docker build .', { builders }).form.state();
    expect(row(state, 'builder').control).toEqual({
      kind: 'select',
      value: '',
      options: [
        { value: '', label: 'default · this engine, Docker 28.5.2' },
        { value: 'farm', label: 'farm · remote, tcp://farm:1234, selected in docker buildx' },
        { value: 'boxed', label: 'boxed · docker-container, 2 nodes' },
        { value: 'gpu-box', label: 'gpu-box · ssh://me@gpu-box' },
      ],
    });
  });

  test.each([
    'docker build --builder farm .',
    'docker buildx --builder farm build .',
    'docker buildx --builder=old build --builder farm .',
    'BUILDX_BUILDER=farm docker build .',
  ])('builds with the builder of %s', (line) => {
    const { spec } = specOfLine(line, buildPlace);
    expect(requestOf(spec, buildPlace).builder).toBe('farm');
  });

  test('builds with the selected builder, and with this engine again', async () => {
    const { form } = open('docker build .', { builders });
    form.edit('builder', 'farm');
    expect((await form.state()).line.text).toBe('docker build --builder farm .');
    form.edit('builder', '');
    expect((await form.state()).line.text).toBe('docker build .');
  });

  test('does not say which platforms another builder emulates', async () => {
    const notes = async (line: string) => {
      const { control } = row(await open(line, { builders }).form.state(), 'platform');
      return control.kind === 'checks' && control.options.map(({ note }) => note);
    };
    expect(await notes('docker build --platform linux/arm64 .')).toContain('emulated');
    const others = await notes('docker build --builder farm --platform linux/arm64 .');
    expect(others).toEqual([undefined, undefined, undefined]);
  });

  test('reports a builder that is not known, with the nearest one', async () => {
    const { form, acted } = open('docker build --builder farn .', { builders });
    const { marks } = row(await form.state(), 'builder');
    expect(marks).toMatchObject([{ severity: 'error', message: 'There is no builder farn.' }]);
    expect(marks[0]!.offers.map(({ label }) => label)).toEqual(['Use farm', 'Use This Engine']);
    await form.offer(marks[0]!.offers[0]!.id);
    await form.act('build', () => undefined);
    expect(requestOf(acted[0]!.spec, buildPlace).builder).toBe('farm');
  });

  test.each([
    ['docker build --builder farm --platform linux/amd64,linux/arm64 .', ['error']],
    ['docker build --builder farm --platform linux/amd64,linux/arm64 --push -t r/x .', []],
    ['docker build --builder farm --platform linux/arm64 .', []],
    ['docker build --platform linux/amd64,linux/arm64 .', ['warning']],
  ])('checks the platforms of %s', async (line, severities) => {
    const { marks } = row(await open(line, { builders }).form.state(), 'platform');
    expect(marks.map(({ severity }) => severity)).toEqual(severities);
  });
});

describe('facts that arrive later', () => {
  const size = {
    included: { bytes: 12_400_000, files: 214 },
    excluded: { bytes: 1_900_000_000, files: 9000 },
    isComplete: true,
    ignoreFile: '.dockerignore',
  };

  test.each([
    [size, '214 files, 12 MB; .dockerignore excludes 1.9 GB.'],
    [{ ...size, excluded: { bytes: 0, files: 0 } }, '214 files, 12 MB.'],
    [{ ...size, included: { bytes: 5, files: 1 }, isComplete: false }, 'More than 1 file, 5 B.'],
  ])('shows the size of the context %#', async (contextSize, text) => {
    const state = await open('docker build .', { contextSize }).form.state();
    const { description } = row(state, 'context');
    expect(description.map((part) => part.text).join('')).toBe(
      `Folder or Git address that COPY reads from. ${text}`,
    );
  });

  test.each([
    [undefined, 'default · this engine, Docker 28.5.2', 'farm · remote, tcp://farm:1234'],
    [new Map([['', '0.25.2'], ['farm', '0.17.3']]), 'default · this engine, BuildKit 0.25.2', 'farm · remote, tcp://farm:1234, BuildKit 0.17.3'], // prettier-ignore
  ])('shows versions of builders %#', async (versions, own, other) => {
    const builders = [{ name: 'farm', driver: 'remote', place: 'tcp://farm:1234' }];
    const { form } = open('docker build .', { builders, ...(versions && { versions }) });
    const { control } = row(await form.state(), 'builder');
    expect(control.kind === 'select' && control.options.map(({ label }) => label)).toEqual([own, other]); // prettier-ignore
  });
});

describe('limits of RUN instructions', () => {
  const marksOf = (state: FormState) =>
    state.rows.flatMap(({ id, marks }) => marks.map((mark) => ({ id, ...mark })));

  test('have fields beside the network, which write the options of docker', async () => {
    const { form } = open('docker build .');
    const values = {
      memory: '512m',
      'memory-swap': '-1',
      'cpu-shares': '2',
      'cpu-period': '100000',
      'cpu-quota': '50000',
      'cpuset-cpus': '0-1',
      'cpuset-mems': '0',
      'cgroup-parent': '/ci',
    };
    const { rows } = await form.state();
    for (const [id, value] of Object.entries(values)) {
      expect(rows.find((one) => one.id === id)).toMatchObject({ section: 'network', control: { kind: 'text', value: '' } }); // prettier-ignore
      form.edit(id, value);
    }
    expect((await form.state()).line.text).toBe(
      'docker build --memory 512m --memory-swap=-1 --cpu-shares 2 --cpu-period 100000 --cpu-quota 50000 --cpuset-cpus 0-1 --cpuset-mems 0 --cgroup-parent /ci .',
    );
  });

  test('are marked where BuildKit of the engine ignores them, and the classic builder is offered', async () => {
    const line = 'docker build -m 64m --shm-size 1m --resource cpu-quota=5000 .';
    const { form } = open(line, { versions: new Map([['', '0.25.2']]) });
    const state = await form.state();
    const message = 'No effect on this build: this option requires BuildKit 0.31.';
    expect(marksOf(state)).toMatchObject([{ id: 'memory', severity: 'warning', message }]);
    // The form has no field for the pairs.
    expect(state.line.marks).toMatchObject([{ severity: 'warning', message }]);
    const [classic, remove] = marksOf(state)[0]!.offers;
    expect([classic, remove]).toMatchObject([
      { label: 'Use Classic Builder' },
      { label: 'Remove --memory' },
    ]);
    await form.offer(classic!.id);
    const after = await form.state();
    expect(after.line.text).toMatch(/^DOCKER_BUILDKIT=0 docker build --shm-size 1m --memory 64m/);
    expect([...marksOf(after), ...after.line.marks]).toEqual([]);
  });

  test.each<[string, Partial<World>, readonly string[]]>([
    ['docker build -m 1g .', { versions: new Map([['', '0.31.0']]) }, []],
    ['docker build -m 1g .', {}, []],
    [
      'docker build --cpu-quota -1 --resource memory=0 --cpuset-cpus= .',
      { versions: new Map([['', '0.25.2']]) },
      [],
    ],
    ['docker build -m 0 .', { versions: new Map([['', '0.25.2']]) }, []],
    [
      'docker build -m 1g --ulimit nofile=9 .',
      {
        engine: {
          platform: 'linux/amd64',
          storesPlatforms: false,
          version: 'Docker 20.10.24',
          buildKit: '0.8.3',
        },
      },
      [
        'ulimit: …requires BuildKit 0.10. [Use Classic Builder]',
        'memory: …requires BuildKit 0.31. [Use Classic Builder]',
      ],
    ],
    [
      'docker build -m 1g .',
      { engine: { platform: 'linux/amd64', storesPlatforms: false, version: 'Podman 4.3.1' } },
      [],
    ],
    [
      'docker build -m 1g --builder farm .',
      {
        builders: [{ name: 'farm', place: '' }],
        versions: new Map([
          ['farm', '0.17.3'],
          ['', '0.31.0'],
        ]),
      },
      ['memory: …requires BuildKit 0.31. [Remove --memory]'],
    ],
    [
      'docker build -m 1g -o out .',
      { versions: new Map([['', '0.25.2']]) },
      ['memory: …requires BuildKit 0.31. [Remove --memory]'],
    ],
    ['docker build --memory-swap 1g .', {}, ['memory-swap: --memory-swap requires --memory']],
    ['docker build --memory-swap -1 -m 1g .', {}, []],
    ['docker build --memory-swap 1g --resource memory=1g .', {}, []],
    [
      'docker build -m 2g --memory-swap 1g .',
      {},
      ['memory-swap: The limit of memory and swap must not be less than the memory limit'],
    ],
    [
      'DOCKER_BUILDKIT=0 docker build -m 1g --secret id=x,src=a.txt .',
      {},
      ['secret: The classic builder does not support this option. [Use BuildKit]'],
    ],
  ])('marks %s (%#)', async (line, world, expected) => {
    const marks = marksOf(await open(line, world).form.state());
    expect(
      marks.map(({ id, message, offers }) => {
        const offer = offers[0] === undefined ? '' : ` [${offers[0].label}]`;
        return `${id}: ${message.replace(/^No effect on this build: this option /, '…')}${offer}`;
      }),
    ).toEqual(expected);
  });

  test('go back to BuildKit with one click', async () => {
    const { form } = open('sudo DOCKER_BUILDKIT=0 docker build --secret id=x,src=a.txt .');
    const [mark] = marksOf(await form.state());
    await form.offer(mark!.offers[0]!.id);
    expect((await form.state()).line.text).toBe('sudo docker build --secret id=x,src=a.txt .');
  });
});
