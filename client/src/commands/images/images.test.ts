import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import { RecordedPage } from '../../../../test/recorded-page.ts';
import layers from './layers.ts';
import load from './load.ts';
import pullAgain from './pull-again.ts';
import pullPlatform from './pull-platform.ts';
import pull from './pull.ts';
import push from './push.ts';
import removeImage from './remove.ts';
import save from './save.ts';
import search from './search.ts';
import tag from './tag.ts';
import { EngineError } from '../../engine/errors.ts';
import type { FromLayers, ToLayers } from '../../layers/page.ts';
import { describeFailure } from '../../ui/failure-message.ts';

const image = {
  id: `sha256:${'a'.repeat(64)}`,
  tags: ['localhost:5000/shop:1'],
  size: 128_000_000,
};

describe('images', () => {
  test('pull shows that the tag is latest', async () => {
    const t = trial({ registry: ['nginx:latest'] }, ['nginx']);
    await t.run(pull);
    expect(t.seen.slice(0, 2)).toEqual([
      'ask: Pull Image ‹› → Pulls nginx:latest',
      'progress: Pulling nginx:latest',
    ]);
    expect((await t.world.engine.images()).flatMap(({ tags }) => tags)).toEqual(['nginx:latest']);
  });

  test('pull of an unknown image reports the error', async () => {
    const t = trial({}, ['nope:1']);
    await expect(t.run(pull)).rejects.toThrow(/^Could not pull nope:1: /);
  });

  const image = { id: `sha256:${'a'.repeat(64)}`, size: 128_000_000 };
  test('remove untags an image that has another tag', async () => {
    const t = trial({ images: [{ ...image, tags: ['py:3.8', 'py:3.9'] }] }, ['Untag']);
    await t.run(removeImage, 'py:3.8');
    expect(t.seen).toEqual([
      'confirm: Untag py:3.8? (py:3.8 is only untagged. The image is kept as py:3.9.) [Untag]',
    ]);
    expect((await t.world.engine.images())[0]?.tags).toEqual(['py:3.9']);
  });

  test('remove of the last tag names the stopped containers that use the image', async () => {
    const t = trial({
      images: [{ ...image, tags: ['py:3.8'] }],
      containers: [{ name: 'api', state: 'exited', imageId: image.id }],
    });
    await t.run(removeImage, 'py:3.8');
    expect(t.seen).toEqual([
      'confirm: Remove image py:3.8? (This frees up to 128 MB. Layers shared with other images are kept. Used by the stopped container api.) [Force Remove]',
    ]);
  });

  test('remove refuses an image that a running container uses', async () => {
    const t = trial({
      images: [{ ...image, tags: ['py:3.8'] }],
      containers: [{ name: 'api', state: 'running', imageId: image.id }],
    });
    await t.run(removeImage, 'py:3.8');
    expect(t.seen).toEqual([
      'warning: Could not remove py:3.8: container api uses it. Remove the container first.',
    ]);
  });
});

describe('images', () => {
  test('are tagged, with a note when the tag moves from another image', async () => {
    const other = { id: `sha256:${'b'.repeat(64)}`, tags: ['shop:latest'] };
    const t = trial({ images: [image, other] }, ['shop']);
    await t.run(tag, { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! });
    expect(t.seen[0]).toContain(
      '→ shop:latest is a tag of another image and will be moved to this image',
    );
    const [first, second] = await t.world.engine.images();
    expect([first?.tags, second?.tags]).toEqual([[...image.tags, 'shop:latest'], []]);
  });

  test('are pushed after a question that names the registry', async () => {
    const t = trial({ images: [image] }, ['Push']);
    await t.run(push, { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! });
    expect(t.seen).toEqual([
      'confirm: Push localhost:5000/shop:1 to localhost:5000? (Anyone with read access to the repository can pull from it. An existing tag is overwritten.) [Push]',
      'progress: Pushing localhost:5000/shop:1',
      '  0 of 1 layer · 500 B of 1 kB',
      '  0 of 1 layer · 1 kB of 1 kB',
      '  1 of 1 layer · 1 kB of 1 kB',
      'info: Pushed localhost:5000/shop:1.',
    ]);
  });

  test('offer to log in when a push is denied', async () => {
    const t = trial({ images: [{ ...image, tags: ['shop:1'] }] }, ['Push']);
    const [only] = await t.world.engine.images();
    const error: unknown = await t
      .run(push, { image: only!, tag: 'shop:1' })
      .catch((reason: unknown) => reason);
    const said = describeFailure(error, 'Push Image');
    expect(said?.message).toBe('Could not push shop:1: the registry requires a login');
    expect(said?.actions[0]?.command).toBe('drydock.registry.login');
  });

  test('are saved to a file and loaded, and an interrupted save leaves no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-save-'));
    const file = join(folder, 'shop.tar');
    const t = trial({ images: [image] }, [file, file, join(folder, 'other.tar')]);
    const reference = { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! };
    await writeFile(join(folder, 'mine'), 'mine');
    await symlink('mine', `${file}.part`);
    await t.run(save, reference);
    expect((await readFile(file)).length).toBeGreaterThan(10);
    expect(await readFile(join(folder, 'mine'), 'utf8')).toBe('mine');
    await t.world.engine.removeImage(image.id);
    await t.run(load);
    expect((await t.world.engine.images())[0]?.tags).toEqual(image.tags);
    expect(t.seen.at(-1)).toBe('info: Loaded localhost:5000/shop:1.');
    await t.world.engine.removeImage(image.id);
    await expect(t.run(save, reference)).rejects.toThrow('Could not save localhost:5000/shop:1');
    expect((await readdir(folder)).sort()).toEqual(['mine', 'shop.tar', 'shop.tar.part']);
    await rm(folder, { recursive: true });
  });

  test('show their layers in a page each', async () => {
    const page = new RecordedPage<ToLayers, FromLayers>();
    const t = trial({ images: [image] }, [], { editor: { openPage: page.openPage } });
    const reference = { image: (await t.world.engine.images())[0]!, tag: image.tags[0]! };
    const running = t.run(layers, reference);
    await vi.waitUntil(() => page.wasOpened);
    page.send({ kind: 'ready' });
    await vi.waitUntil(() => page.posted.some(({ kind }) => kind === 'show'));
    page.close();
    await running;
    const shown = page.posted.find((message) => message.kind === 'show');
    expect(shown?.view.title).toBe(image.tags[0]);
  });
});

describe('images from elsewhere', () => {
  const hub = [
    { name: 'nginx', description: 'A web server', stars: 20_000, official: true },
    { name: 'me/nginx', description: '', stars: 1, official: false },
  ];

  test('are found on Docker Hub and pulled by tag', async () => {
    const answers = ['nginx', 'nginx', 'nginx:1.29'];
    const t = trial({ hub, registry: ['nginx:1.29'] }, answers);
    await t.run(search);
    expect(t.seen).toContain('pick: Images on Docker Hub [nginx, me/nginx]');
    expect(t.seen).toContain('ask: Pull Image ‹nginx:latest›');
    expect(t.world.calls).toEqual(['search nginx', 'pull nginx:1.29']);
  });

  test('reports that Docker Hub has no match', async () => {
    const t = trial({ hub }, ['zzz']);
    await t.run(search);
    expect(t.seen.at(-1)).toBe('info: No images found for zzz on Docker Hub.');
  });

  test('reports that the engine cannot reach Docker Hub', async () => {
    const t = trial({ hub }, ['nginx']);
    const message = 'Get "https://index.docker.io/v1/search": dial tcp: lookup: no such host';
    t.world.fail(new EngineError('failed', message));
    await expect(t.run(search)).rejects.toThrow(
      'Could not search Docker Hub: the engine cannot reach it; it may be offline or require a proxy',
    );
  });

  test('are pulled for another platform', async () => {
    const t = trial({ registry: ['nginx:latest'] }, ['nginx', 'linux/arm64']);
    await t.run(pullPlatform);
    expect(t.seen).toContain('progress: Pulling nginx:latest for linux/arm64');
    expect(t.world.calls).toEqual(['pull nginx:latest linux/arm64']);
  });

  test('are pulled again by the tag of the row', async () => {
    const t = trial({ registry: ['nginx:1'], images: [{ id: 'sha256:a', tags: ['nginx:1'] }] });
    const [image] = await t.world.engine.images();
    await t.run(pullAgain, { image: image!, tag: 'nginx:1' });
    expect(t.world.calls).toEqual(['pull nginx:1']);
  });
});
