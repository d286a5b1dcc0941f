import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RecordedPage } from '../../../test/recorded-page.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import {
  fakeEngine,
  type FakeEngine,
  type FakeWorld,
} from '../../../test/fake-engine/fake-engine.ts';
import type { FormControl, FormState, FormValue, FromForm, ToForm } from '../form/page.ts';
import type { Values } from './form.ts';
import type { ImageDetails } from '../engine/details.ts';
import type { Tools } from '../ui/tools.ts';
import type { Editor } from '../ui/editor.ts';
import { updateLimits } from '../update/session.ts';
import { commitContainer } from '../commit/session.ts';
import { runAgain, runImage } from './session.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

const image = { id: `sha256:${'1'.repeat(64)}`, tags: ['web:1'] };

/** The values that the page shows, as the session has them. */
function valuesOf(state: FormState | undefined): Values {
  return Object.fromEntries((state?.rows ?? []).map(({ id, control }) => [id, valueOf(control)]));
}

function valueOf(control: FormControl): Values[string] {
  if (control.kind === 'checks') return '';
  if (control.kind !== 'list') return control.value;
  const cells = control.items.map((item) => item.cells);
  const isText = control.columns.length === 1;
  return isText ? cells.map(({ value = '' }) => value).join('\n') : cells;
}

/** The value of the control that shows it. */
function controlValue(value: Values[string], control: FormControl | undefined): FormValue {
  if (control?.kind !== 'list') return value as string | boolean;
  if (typeof value !== 'string') return value as FormValue;
  return value === '' ? [] : value.split('\n').map((line) => ({ value: line }));
}

/** A form on a fake engine: the messages that it received, and actions of a user. */
class Trial {
  readonly world: FakeEngine;
  readonly seen: string[];
  readonly tools: Tools;
  readonly #page = new RecordedPage<ToForm, FromForm>();
  readonly messages = this.#page.posted;
  #version = 0;

  constructor(world: FakeWorld, answers: readonly string[] = [], also: Partial<Editor> = {}) {
    this.world = fakeEngine({ images: [image], ...world });
    const { editor, seen } = recordingEditor(answers, {
      openPage: this.#page.openPage,
      firstWorkspaceFolder: () => folder,
      ...also,
    });
    this.seen = seen;
    this.tools = toolsFor(this.world.engine, editor);
  }

  /** Sets the configuration of images, by reference. */
  configure(configs: Readonly<Record<string, ImageDetails['config']>>): void {
    const { engine } = this.world;
    const read = engine.inspect.bind(engine);
    const inspect = async (kind: 'image', reference: string) => {
      const details = await read(kind, reference);
      return { ...details, config: configs[reference] ?? details.config };
    };
    engine.inspect = inspect as typeof engine.inspect;
  }

  get open(): boolean {
    return this.#page.isOpen;
  }

  get title(): string {
    return this.#page.title;
  }

  get state(): FormState | undefined {
    const last = this.messages.findLast((message) => message.kind === 'state');
    return last?.kind === 'state' ? last.form : undefined;
  }

  /** Waits until `work` has opened the form, and returns its initial values. */
  async begin(work: Promise<void>): Promise<Values> {
    work.catch((error: unknown) => this.messages.push({ kind: 'failed', message: String(error) }));
    await expect.poll(() => this.#page.wasOpened).toBe(true);
    await this.sent({ kind: 'ready' });
    return valuesOf(this.state);
  }

  /** Sends a message of the page, and waits for the state that contains it. */
  async sent(change: Change): Promise<void> {
    const version = ++this.#version;
    this.#page.send({ ...change, version });
    const answer = () =>
      this.messages.some((message) => message.kind === 'state' && message.version >= version);
    await expect.poll(answer).toBe(true);
  }

  /** Changes the fields whose values differ. */
  async fill(values: Values): Promise<void> {
    for (const [row, value] of Object.entries(values)) {
      const control = this.state?.rows.find(({ id }) => id === row)?.control;
      if (control && JSON.stringify(valueOf(control)) === JSON.stringify(value)) continue;
      await this.sent({ kind: 'edit', row, value: controlValue(value, control) });
    }
  }

  get marks(): readonly string[] {
    const { rows = [], line } = this.state ?? {};
    return [
      ...rows.flatMap(({ id, marks }) => marks.map(({ message }) => `${id}: ${message}`)),
      ...(line?.marks ?? []).map(({ message }) => `line: ${message}`),
    ];
  }

  async typed(
    values: Values,
  ): Promise<{ readonly line: string; readonly marks: readonly string[] }> {
    await this.fill(values);
    return { line: this.state?.line.text ?? '', marks: this.marks };
  }

  /** Presses a button. Returns why the action failed, or the first error that prevents it. */
  async pressed(action: string, values: Values): Promise<string | undefined> {
    await this.fill(values);
    const before = this.messages.length;
    this.#page.send({ kind: 'do', action, version: ++this.#version });
    const ends = () =>
      !this.open ||
      this.messages
        .slice(before)
        .some(
          (one) =>
            one.kind === 'failed' ||
            one.kind === 'showError' ||
            (one.kind === 'busy' && one.message === ''),
        );
    await expect.poll(ends).toBe(true);
    const after = this.messages.slice(before);
    const failed = after.find((one) => one.kind === 'failed');
    if (failed?.kind === 'failed') return failed.message;
    if (!after.some(({ kind }) => kind === 'showError')) return undefined;
    const marks = [...(this.state?.rows.flatMap((row) => row.marks) ?? []), ...(this.state?.line.marks ?? [])]; // prettier-ignore
    return marks.find(({ severity }) => severity === 'error')?.message;
  }
}

type Change = FromForm extends infer M ? (M extends FromForm ? Omit<M, 'version'> : never) : never;

describe('the run form of an image', () => {
  test('runs a container, stores the command, and closes', async () => {
    const t = new Trial({});
    const values = {
      ...(await t.begin(runImage('web:1', t.tools))),
      name: 'shop',
      env: 'A=b\nDB_PASSWORD=secret',
    };
    expect((await t.typed(values)).line).toBe(
      'docker run -d --name shop -e A=b -e DB_PASSWORD=secret web:1',
    );
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(t.open).toBe(false);
    expect(t.world.container('shop')).toMatchObject({ state: 'running', image: 'web:1' });
    expect(t.tools.editor.getState('run:web:1')).toBe(
      'docker run -d --name shop -e A=b -e DB_PASSWORD= web:1',
    );
    const again = new Trial({}, [], { getState: (key) => t.tools.editor.getState(key) });
    expect(await again.begin(runImage('web:1', again.tools))).toMatchObject({
      name: 'shop',
      env: 'A=b\nDB_PASSWORD=',
    });
  });

  test('fills in a command while it is typed, and reports its problems until they are gone', async () => {
    const t = new Trial({});
    await t.begin(runImage('web:1', t.tools));
    const line = 'docker run --frob -p 80:80 -v ./x:/x web:1 && ls';
    await t.sent({ kind: 'line', text: line });
    expect(t.state?.line.text).toBe(line);
    expect(valuesOf(t.state)).toMatchObject({
      ports: [{ host: '80', container: '80' }],
      mounts: [{ source: `${folder}/x`, target: '/x' }],
    });
    expect(t.marks).toContain('line: --frob is not an option of docker run');
    expect(t.marks).toContain('line: Ignored, not part of the docker command: ls');
    await t.sent({ kind: 'line', text: 'docker run -p 80:80 web:1' });
    expect(t.marks).toEqual([]);
    expect(t.state?.errors).toEqual([]);
  });

  test('keeps a mount with a relative path in a row with its error', async () => {
    const t = new Trial({});
    await t.begin(runImage('web:1', t.tools));
    await t.sent({ kind: 'line', text: 'docker run -v local_dir:container_dir web:1' });
    expect(valuesOf(t.state).mounts).toMatchObject([
      { source: 'local_dir', target: 'container_dir' },
    ]);
    const message = 'container_dir must be an absolute path in the container';
    expect(t.marks).toEqual([`mounts: ${message}`]);
    await t.sent({
      kind: 'edit',
      row: 'mounts',
      value: [{ how: 'volume', type: 'volume', source: 'local_dir', target: '/srv' }],
    });
    expect([t.state?.line.text, t.marks]).toEqual(['docker run -v local_dir:/srv web:1', []]);
  });

  test('shows the facts of the image in the line, not of the first one', async () => {
    const t = new Trial({ images: [image, { id: `sha256:${'2'.repeat(64)}`, tags: ['api:1'] }] });
    t.configure({
      'web:1': { ExposedPorts: { '80/tcp': {} } },
      'api:1': { ExposedPorts: { '3000/tcp': {} } },
    });
    await t.begin(runImage('web:1', t.tools));
    const source = () => t.state?.rows.find(({ id }) => id === 'ports')?.source;
    expect(source()).toBe('The image exposes 80');
    await t.sent({ kind: 'line', text: 'docker run api:1' });
    expect(source()).toBe('The image exposes 3000');
    await t.sent({ kind: 'edit', row: 'image', value: 'web:1' });
    expect(source()).toBe('The image exposes 80');
  });

  test('opens without an image for a command to paste', async () => {
    const t = new Trial({});
    await t.begin(runImage('', t.tools));
    expect([t.title, t.marks, t.state?.errors]).toEqual(['Run Container', [], []]);
    // The page begins in the command line.
    expect(t.state?.missing).toBe('image');
    await t.sent({ kind: 'line', text: 'docker run -d --name shop web:1' });
    expect(t.title).toBe('Run web:1');
    expect(await t.pressed('run', {})).toBeUndefined();
    expect(t.world.container('shop').image).toBe('web:1');
  });

  test('reports a missing image once something was changed, or the form is sent', async () => {
    const changed = new Trial({});
    await changed.begin(runImage('', changed.tools));
    await changed.sent({ kind: 'edit', row: 'name', value: 'shop' });
    expect(changed.marks).toEqual(['image: No image is specified']);
    const sent = new Trial({});
    await sent.begin(runImage('', sent.tools));
    expect(await sent.pressed('run', {})).toBe('No image is specified');
    expect(sent.marks).toEqual(['image: No image is specified']);
  });

  test('proposes the name of the image, and a free one if a container has it', async () => {
    const names = ['web', 'web-2'].map((name) => ({ name }));
    const t = new Trial({ containers: names });
    expect((await t.begin(runImage('web:1', t.tools))).name).toBe('web-3');
    expect([t.title, t.state?.errors]).toEqual(['Run web:1', []]);
    const free = new Trial({});
    expect((await free.begin(runImage('web:1', free.tools))).name).toBe('web');
  });

  test('has the GPUs among the common options of an image with CUDA', async () => {
    const section = async (config: ImageDetails['config']) => {
      const t = new Trial({});
      t.configure({ 'web:1': config });
      await t.begin(runImage('web:1', t.tools));
      return t.state?.rows.find(({ id }) => id === 'gpus')?.section;
    };
    expect(await section({ Env: ['CUDA_VERSION=12.4.1'] })).toBe('0');
    expect(await section({})).not.toBe('0');
  });

  test('does not run with an error, and stays open', async () => {
    const t = new Trial({ containers: [{ name: 'shop' }] });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop' };
    expect((await t.typed(values)).marks).toEqual(['name: Container shop already exists']);
    expect(await t.pressed('run', values)).toBe('Container shop already exists');
    expect([t.open, t.world.calls]).toEqual([true, []]);
  });

  test('reports why a container does not start, and removes it', async () => {
    const t = new Trial({});
    t.world.engine.start = () =>
      Promise.reject(
        new EngineError('failed', 'Bind for 0.0.0.0:80 failed: port is already allocated'),
      );
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop' };
    expect(await t.pressed('run', values)).toBe(
      'Could not run shop: port 80 is in use by another program',
    );
    expect(await t.world.engine.containers()).toEqual([]);
    expect(t.open).toBe(true);
  });

  test('pulls an image that is not available locally', async () => {
    const t = new Trial({ registry: ['other:1'] });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), image: 'other:1' };
    expect((await t.typed(values)).marks).toEqual(['image: other:1 will be pulled first']);
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(t.seen).toContain('progress: Pulling other:1');
    expect(t.world.calls).toContain('pull other:1');
  });

  test('attaches a terminal before it starts the container', async () => {
    const t = new Trial({});
    const values = {
      ...(await t.begin(runImage('web:1', t.tools))),
      name: 'shop',
      mode: 'interactive',
    };
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(t.seen).toContain('terminal: shop');
    expect(t.world.calls.map((call) => call.split(' ')[0])).toEqual(['create', 'attach', 'start']);
  });

  test('reads local files, and reports a missing one', async () => {
    const t = new Trial({});
    await writeFile(join(folder, '.env'), 'FROM_FILE=yes\n');
    const values = {
      ...(await t.begin(runImage('web:1', t.tools))),
      name: 'shop',
      'env-file': '.env',
    };
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(await t.world.engine.inspect('container', 'shop')).toMatchObject({
      config: { Env: ['FROM_FILE=yes'] },
    });
    const other = new Trial({});
    const wrong = {
      ...(await other.begin(runImage('web:1', other.tools))),
      'env-file': 'none.env',
    };
    expect(await other.pressed('run', wrong)).toBe(`${folder}/none.env does not exist`);
  });

  test('is saved as a task and as a compose service', async () => {
    const file = join(folder, 'compose.yaml');
    const t = new Trial({}, ['Try it', 'Existing file…', file, 'Add']);
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop' };
    expect(await t.pressed('task', values)).toBeUndefined();
    const tasks = JSON.parse(await readFile(join(folder, '.vscode/tasks.json'), 'utf8')) as object;
    expect(tasks).toMatchObject({
      tasks: [{ label: 'Try it', args: ['run', '-d', '--name', 'shop', 'web:1'] }],
    });
    await writeFile(file, 'services: {}\n');
    expect(await t.pressed('compose', values)).toBeUndefined();
    expect(await readFile(file, 'utf8')).toContain('shop:');
    expect(t.seen).toContain('confirm: Add service shop to compose.yaml? [Add]');
  });
});

describe('a container that fails', () => {
  /** Presses these buttons of warnings, in order. */
  const pressing = (...buttons: string[]) => {
    const warned: string[] = [];
    const warn: Editor['showWarning'] = (message, ...offered) => {
      warned.push(message);
      return Promise.resolve(offered.find((label) => label === buttons[0] && buttons.shift()));
    };
    return { warn, warned };
  };

  test('with --rm is reported with its last output, and can run again without --rm', async () => {
    const { warn, warned } = pressing('Run Again Without --rm');
    const t = new Trial({}, [], { showWarning: warn });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop', rm: true };
    expect(await t.pressed('run', values)).toBeUndefined();
    const { id } = t.world.container('shop');
    t.world.log(id, 'reading settings\nno such table: users\n');
    t.world.exit(id, 3);
    // The engine removes it because of --rm.
    await t.world.engine.remove(id);
    await expect
      .poll(() => warned)
      .toEqual(['shop exited with code 3 and was removed (--rm): no such table: users']);
    const isRemoved = async () =>
      (await t.world.engine.inspect('container', 'shop')).host.AutoRemove ?? false;
    await expect.poll(isRemoved).toBe(false);
    expect(t.world.container('shop').state).toBe('running');
  });

  test.each([0, 137, 143])('is not reported with exit code %d', async (code) => {
    const { warn, warned } = pressing();
    const t = new Trial({}, [], { showWarning: warn });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop', rm: true };
    expect(await t.pressed('run', values)).toBeUndefined();
    t.world.exit(t.world.container('shop').id, code);
    // The first report is that of another container, which fails.
    const other = { ...values, name: 'other' };
    const again = new Trial({}, [], { showWarning: warn });
    await again.begin(runImage('web:1', again.tools));
    expect(await again.pressed('run', other)).toBeUndefined();
    again.world.exit(again.world.container('other').id, 1);
    await expect.poll(() => warned.length).toBeGreaterThan(0);
    expect(warned).toEqual([expect.stringContaining('other exited with code 1')]);
  });

  test('to start is removed, and can be created again and kept', async () => {
    const { warn, warned } = pressing('Create and Keep');
    const t = new Trial({}, [], { showWarning: warn });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop', rm: true };
    t.world.engine.start = () => Promise.reject(new EngineError('failed', 'no'));
    expect(await t.pressed('run', values)).toBe('Could not run shop: no');
    await expect
      .poll(() => warned)
      .toEqual(['shop could not start and was removed.', 'Could not run shop: no']);
    expect(t.world.container('shop').state).toBe('created');
    expect((await t.world.engine.inspect('container', 'shop')).host).toEqual({
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      NetworkMode: 'default',
    });
  });
});

describe('running again', () => {
  const old = {
    name: 'shop',
    image: 'web:1',
    imageId: image.id,
    inspect: {
      Image: image.id,
      Config: { Image: 'web:1', Env: ['A=b'], Labels: { 'com.docker.compose.project': 'p' } },
      HostConfig: { Memory: 64 * 1024 * 1024 },
    },
  };

  test('replaces the old container after confirmation', async () => {
    const t = new Trial({ containers: [{ ...old, id: 'old' }] }, ['Replace']);
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    expect(values).toMatchObject({ name: 'shop', env: 'A=b', memory: '64m', label: '' });
    expect(await t.pressed('run', { ...values, env: 'A=c' })).toBeUndefined();
    const [only, ...others] = await t.world.engine.containers();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'shop', state: 'running' });
    expect(only?.id).not.toBe('old');
  });

  test('restores the old container when the new one does not start', async () => {
    const t = new Trial({ containers: [{ ...old, id: 'old' }] }, ['Replace']);
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    const start = t.world.engine.start.bind(t.world.engine);
    t.world.engine.start = (id) =>
      id === 'old' ? start(id) : Promise.reject(new EngineError('failed', 'no'));
    expect(await t.pressed('run', values)).toBe('Could not run shop: no');
    expect(
      (await t.world.engine.containers()).map(({ id, name, state }) => [id, name, state]),
    ).toEqual([['old', 'shop', 'running']]);
  });

  test('reports volumes that would be empty, and keeps them when that is chosen', async () => {
    const volume = 'f'.repeat(64);
    const inspect = {
      ...old.inspect,
      Config: { Image: 'web:1', Volumes: { '/data': {} } },
      Mounts: [{ Type: 'volume', Name: volume, Destination: '/data', RW: true }],
    };
    const t = new Trial({ containers: [{ ...old, id: 'old', inspect }] }, [
      'Replace and Keep Data',
    ]);
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    expect((await t.typed(values)).marks).toEqual([
      'mounts: /data will be empty: it was an anonymous volume',
    ]);
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(t.seen.at(-1)).toMatch(
      /empty volumes at \/data.*\[Replace and Keep Data\] \[Replace\]$/,
    );
    const { config, host } = await t.world.engine.inspect('container', 'shop');
    expect([config.Volumes, host.Binds]).toEqual([undefined, [`${volume}:/data`]]);
  });

  test('under another name keeps the old container', async () => {
    const t = new Trial({ containers: [{ ...old, id: 'old' }] });
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    expect(await t.pressed('run', { ...values, name: 'shop-2' })).toBeUndefined();
    expect((await t.world.engine.containers()).map(({ name }) => name)).toEqual(['shop', 'shop-2']);
  });
});

describe('the form for resource limits', () => {
  const inspect = () => ({
    HostConfig: {
      Memory: 64 * 1024 * 1024,
      MemorySwap: 128 * 1024 * 1024,
      RestartPolicy: { Name: 'always' },
    },
  });

  test('sends only changed limits, and raises swap with memory', async () => {
    const t = new Trial({ containers: [{ name: 'shop', inspect: inspect() }] });
    const values = await t.begin(updateLimits(t.world.container('shop'), t.tools));
    expect(values).toMatchObject({ restart: 'always', memory: '64m', 'memory-swap': '', cpus: '' });
    const changed = { ...values, memory: '256m', cpus: '1.5' };
    expect((await t.typed(changed)).line).toBe(
      'docker update --memory 256m --cpus 1.5 --memory-swap 536870912b shop',
    );
    expect(await t.pressed('update', changed)).toBeUndefined();
    expect(t.world.calls.at(-1)).toContain(
      JSON.stringify({ Memory: 268435456, NanoCpus: 1.5e9, MemorySwap: 536870912 }),
    );
  });

  test('removes the limit of an emptied field, and reports invalid values', async () => {
    const t = new Trial({ containers: [{ name: 'shop', inspect: inspect() }] });
    const values = await t.begin(updateLimits(t.world.container('shop'), t.tools));
    expect((await t.typed({ ...values, memory: 'much' })).marks).toEqual([
      'memory: much is not a valid size; use a number with b, k, m or g',
    ]);
    expect((await t.typed({ ...values, restart: '' })).line).toBe(
      'docker update --restart no shop',
    );
    expect(await t.pressed('update', { ...values, memory: 'much' })).toContain('not a valid size');
    expect(t.open).toBe(true);
  });

  test('has a line that cannot be edited', async () => {
    const t = new Trial({ containers: [{ name: 'shop', inspect: inspect() }] });
    const values = await t.begin(updateLimits(t.world.container('shop'), t.tools));
    expect(t.state?.line.fixed).toBe(true);
    await t.sent({ kind: 'line', text: 'docker update --memory 1g shop' });
    expect(valuesOf(t.state)).toEqual(values);
  });
});

describe('an image of a container', () => {
  test('says what it will not hold, and is made', async () => {
    const mounts = { Mounts: [{ Type: 'volume', Destination: '/data' }] };
    const t = new Trial({ containers: [{ name: 'shop', inspect: mounts }] });
    const values = await t.begin(commitContainer(t.world.container('shop'), t.tools));
    expect(JSON.stringify(t.state)).toContain('volumes and bind mounts (/data)');
    const typed = { ...values, message: "it's done", changes: 'CMD ["x"]\nRUN y' };
    const { line, marks } = await t.typed(typed);
    expect(marks).toEqual(['changes: RUN y is not an instruction that can be applied']);
    expect(line).toContain(String.raw`docker commit -m 'it'\''s done' -c 'CMD ["x"]'`);
    expect(await t.pressed('commit', { ...typed, changes: '' })).toBeUndefined();
    expect(t.world.calls.at(-1)).toBe('commit shop shop:snapshot');
  });
});
