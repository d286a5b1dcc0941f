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
import type { FromForm, ToForm, Values } from './form.ts';
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

/** A form on a fake engine: what it showed last, and what a person does in it. */
class Trial {
  readonly world: FakeEngine;
  readonly seen: string[];
  readonly tools: Tools;
  readonly #page = new RecordedPage<ToForm, FromForm>();
  readonly told = this.#page.posted;
  #asked = 0;

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

  get open(): boolean {
    return this.#page.isOpen;
  }

  /** Opens by `work`; what it shows first. */
  async begin(work: Promise<void>): Promise<Values> {
    work.catch((error: unknown) => this.told.push({ kind: 'failed', message: String(error) }));
    await expect.poll(() => this.#page.wasOpened).toBe(true);
    this.does({ kind: 'ready' });
    await expect.poll(() => this.told.at(-1)?.kind).toBe('checked');
    const shown = this.told.find((message) => message.kind === 'show');
    return shown?.kind === 'show' ? shown.form.values : {};
  }

  does(message: FromForm): void {
    this.#page.send(message);
  }

  async typed(
    values: Values,
  ): Promise<{ readonly line: string; readonly marks: readonly string[] }> {
    const asked = ++this.#asked;
    this.does({ kind: 'changed', values, asked });
    const answer = () =>
      this.told.find((message) => message.kind === 'checked' && message.asked === asked);
    await expect.poll(answer).toBeDefined();
    const found = answer();
    if (found?.kind !== 'checked') return { line: '', marks: [] };
    return {
      line: found.line,
      marks: found.marks.map(({ field, message }) => `${field}: ${message}`),
    };
  }

  async pressed(action: string, values: Values): Promise<string | undefined> {
    const before = this.told.length;
    this.does({ kind: 'do', action, values });
    const ends = () =>
      !this.open ||
      this.told
        .slice(before)
        .some((one) => one.kind === 'failed' || (one.kind === 'busy' && one.message === ''));
    await expect.poll(ends).toBe(true);
    const failed = this.told.slice(before).find((one) => one.kind === 'failed');
    return failed?.kind === 'failed' ? failed.message : undefined;
  }
}

describe('the form for an image', () => {
  test('runs what it shows, remembers it, and goes', async () => {
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

  test('a pasted line fills it, and what the line cannot mean is told', async () => {
    const t = new Trial({});
    await t.begin(runImage('web:1', t.tools));
    t.does({ kind: 'pasted', line: 'docker run --frob -p 80:80 -v ./x:/x web:1 && ls' });
    await expect
      .poll(() => t.told.map(({ kind }) => kind).slice(-2))
      .toEqual(['values', 'checked']);
    const filled = t.told.findLast((one) => one.kind === 'values');
    expect(filled).toMatchObject({
      values: { ports: [{ host: '80', container: '80' }], mounts: [{ source: `${folder}/x` }] },
    });
    expect(t.told.at(-1)).toMatchObject({
      marks: expect.arrayContaining([
        {
          field: 'line',
          severity: 'error',
          message: '--frob is no option of docker run that can be kept here',
        },
        { field: 'line', severity: 'warning', message: 'What follows was left out: ls' },
      ]) as unknown,
    });
  });

  test('what is wrong keeps it from running, and the form stays', async () => {
    const t = new Trial({ containers: [{ name: 'shop' }] });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop' };
    expect((await t.typed(values)).marks).toEqual(['name: There is a container shop already']);
    expect(await t.pressed('run', values)).toBe('There is a container shop already');
    expect([t.open, t.world.calls]).toEqual([true, []]);
  });

  test('a start that fails says why, and leaves nothing behind', async () => {
    const t = new Trial({});
    t.world.engine.start = () =>
      Promise.reject(
        new EngineError('failed', 'Bind for 0.0.0.0:80 failed: port is already allocated'),
      );
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop' };
    expect(await t.pressed('run', values)).toBe(
      'shop does not run: port 80 is taken by another program',
    );
    expect(await t.world.engine.containers()).toEqual([]);
    expect(t.open).toBe(true);
  });

  test('an image that is not here is pulled first', async () => {
    const t = new Trial({ registry: ['other:1'] });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), image: 'other:1' };
    expect((await t.typed(values)).marks).toEqual(['image: other:1 will be pulled first']);
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(t.seen).toContain('progress: Pulling other:1');
    expect(t.world.calls).toContain('pull other:1');
  });

  test('in a terminal, it is attached to before it starts', async () => {
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

  test('files that the line names are read, and one that is gone is told', async () => {
    const t = new Trial({});
    await writeFile(join(folder, '.env'), 'FROM_FILE=yes\n');
    const values = {
      ...(await t.begin(runImage('web:1', t.tools))),
      name: 'shop',
      'env-file': '.env',
    };
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(await t.world.engine.inspect('container', 'shop')).toMatchObject({
      Config: { Env: ['FROM_FILE=yes'] },
    });
    const other = new Trial({});
    const wrong = {
      ...(await other.begin(runImage('web:1', other.tools))),
      'env-file': 'none.env',
    };
    expect(await other.pressed('run', wrong)).toBe(`${folder}/none.env does not exist`);
  });

  test('is saved as a task and as a service', async () => {
    const file = join(folder, 'compose.yaml');
    const t = new Trial({}, ['Try it', 'A file that exists…', file, 'Add']);
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

  test('and was to be removed is told with its last words, and run again to be kept', async () => {
    const { warn, warned } = pressing('Run Again and Keep');
    const t = new Trial({}, [], { showWarning: warn });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop', rm: true };
    expect(await t.pressed('run', values)).toBeUndefined();
    const { id } = t.world.container('shop');
    t.world.log(id, 'reading settings\nno such table: users\n');
    t.world.exit(id, 3);
    // The engine removes it, as it was told to.
    await t.world.engine.remove(id);
    await expect
      .poll(() => warned)
      .toEqual([
        'shop ended with exit code 3, and was removed as was asked for: no such table: users',
      ]);
    const bodyOf = async () => await t.world.engine.inspect('container', 'shop');
    await expect.poll(bodyOf).toMatchObject({ HostConfig: { AutoRemove: false } });
    expect(t.world.container('shop').state).toBe('running');
  });

  test.each([0, 137, 143])('with %d on purpose is not told of', async (code) => {
    const { warn, warned } = pressing();
    const t = new Trial({}, [], { showWarning: warn });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop', rm: true };
    expect(await t.pressed('run', values)).toBeUndefined();
    t.world.exit(t.world.container('shop').id, code);
    // A second one that does fail is the first of which anything is heard.
    const other = { ...values, name: 'other' };
    const again = new Trial({}, [], { showWarning: warn });
    await again.begin(runImage('web:1', again.tools));
    expect(await again.pressed('run', other)).toBeUndefined();
    again.world.exit(again.world.container('other').id, 1);
    await expect.poll(() => warned.length).toBeGreaterThan(0);
    expect(warned).toEqual([expect.stringContaining('other ended with exit code 1')]);
  });

  test('at its start leaves nothing, unless that is asked for', async () => {
    const { warn, warned } = pressing('Make and Keep It');
    const t = new Trial({}, [], { showWarning: warn });
    const values = { ...(await t.begin(runImage('web:1', t.tools))), name: 'shop', rm: true };
    t.world.engine.start = () => Promise.reject(new EngineError('failed', 'no'));
    expect(await t.pressed('run', values)).toBe('shop does not run: no');
    await expect
      .poll(() => warned)
      .toEqual(['shop did not start, and was removed again.', 'shop does not run: no']);
    expect(t.world.container('shop').state).toBe('created');
    expect(await t.world.engine.inspect('container', 'shop')).toMatchObject({
      HostConfig: { AutoRemove: false },
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

  test('takes the place of the old one, once that is agreed to', async () => {
    const t = new Trial({ containers: [{ ...old, id: 'old' }] }, ['Replace']);
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    expect(values).toMatchObject({ name: 'shop', env: 'A=b', memory: '64m', label: '' });
    expect(await t.pressed('run', { ...values, env: 'A=c' })).toBeUndefined();
    const [only, ...others] = await t.world.engine.containers();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'shop', state: 'running' });
    expect(only?.id).not.toBe('old');
  });

  test('brings the old one back where the new one does not start', async () => {
    const t = new Trial({ containers: [{ ...old, id: 'old' }] }, ['Replace']);
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    const start = t.world.engine.start.bind(t.world.engine);
    t.world.engine.start = (id) =>
      id === 'old' ? start(id) : Promise.reject(new EngineError('failed', 'no'));
    expect(await t.pressed('run', values)).toBe('shop does not run: no');
    expect(
      (await t.world.engine.containers()).map(({ id, name, state }) => [id, name, state]),
    ).toEqual([['old', 'shop', 'running']]);
  });

  test('says which volumes would begin empty, and carries them over where that is wanted', async () => {
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
      'mounts: /data begins empty: the volume there has no name',
    ]);
    expect(await t.pressed('run', values)).toBeUndefined();
    expect(t.seen.at(-1)).toMatch(/nothing in \/data.*\[Replace and Keep Data\] \[Replace\]$/);
    expect(await t.world.engine.inspect('container', 'shop')).toMatchObject({
      Config: { Volumes: {} },
      HostConfig: { Binds: [`${volume}:/data`] },
    });
  });

  test('under another name leaves the old one alone', async () => {
    const t = new Trial({ containers: [{ ...old, id: 'old' }] });
    const values = await t.begin(runAgain(t.world.container('shop'), t.tools));
    expect(await t.pressed('run', { ...values, name: 'shop-2' })).toBeUndefined();
    expect((await t.world.engine.containers()).map(({ name }) => name)).toEqual(['shop', 'shop-2']);
  });
});

describe('limits', () => {
  const inspect = () => ({
    HostConfig: {
      Memory: 64 * 1024 * 1024,
      MemorySwap: 128 * 1024 * 1024,
      RestartPolicy: { Name: 'always' },
    },
  });

  test('only what changed is asked for, and swap grows with memory', async () => {
    const t = new Trial({ containers: [{ name: 'shop', inspect: inspect() }] });
    const values = await t.begin(updateLimits(t.world.container('shop'), t.tools));
    expect(values).toMatchObject({ restart: 'always', memory: '64m', 'memory-swap': '', cpus: '' });
    const changed = { ...values, memory: '256m', cpus: '1.5' };
    expect((await t.typed(changed)).line).toBe(
      'docker update --memory 256m --cpus 1.5 --memory-swap 536870912b shop',
    );
    expect(await t.pressed('update', changed)).toBeUndefined();
    expect(t.world.calls.at(-1)).toContain(
      JSON.stringify({ memory: 268435456, memorySwap: 536870912, cpus: 1.5 }),
    );
  });

  test('an emptied field is no limit, and nonsense is told', async () => {
    const t = new Trial({ containers: [{ name: 'shop', inspect: inspect() }] });
    const values = await t.begin(updateLimits(t.world.container('shop'), t.tools));
    expect((await t.typed({ ...values, memory: 'much' })).marks).toEqual([
      'memory: much is no size: a number with b, k, m or g',
    ]);
    expect((await t.typed({ ...values, restart: '' })).line).toBe(
      'docker update --restart no shop',
    );
    expect(await t.pressed('update', { ...values, memory: 'much' })).toContain('no size');
    expect(t.open).toBe(true);
  });

  test('a line of which nothing is read is answered with what stands in the fields', async () => {
    const t = new Trial({ containers: [{ name: 'shop', inspect: inspect() }] });
    const values = await t.begin(updateLimits(t.world.container('shop'), t.tools));
    const changed = { ...values, memory: '256m' };
    await t.typed(changed);
    t.does({ kind: 'pasted', line: 'docker update --memory 1g shop' });
    await expect.poll(() => t.told.at(-2)).toEqual({ kind: 'values', values: changed });
  });
});

describe('an image of a container', () => {
  test('says what it will not hold, and is made', async () => {
    const mounts = { Mounts: [{ Type: 'volume', Destination: '/data' }] };
    const t = new Trial({ containers: [{ name: 'shop', inspect: mounts }] });
    const values = await t.begin(commitContainer(t.world.container('shop'), t.tools));
    expect(JSON.stringify(t.told[0])).toContain('volumes and bind mounts (/data)');
    const typed = { ...values, message: "it's done", changes: 'CMD ["x"]\nRUN y' };
    const { line, marks } = await t.typed(typed);
    expect(marks).toEqual(['changes: RUN y is not an instruction that can be applied']);
    expect(line).toContain(String.raw`docker commit -m 'it'\''s done' -c 'CMD ["x"]'`);
    expect(await t.pressed('commit', { ...typed, changes: '' })).toBeUndefined();
    expect(t.world.calls.at(-1)).toBe('commit shop shop:snapshot');
  });
});
