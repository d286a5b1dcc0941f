import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import createContext from './create.ts';
import useDockerCliContext from './follow.ts';
import removeContext from './remove.ts';
import useEverywhere from './use-everywhere.ts';
import useContext from './use.ts';
import type { ContextStore } from '../../engine/contexts.ts';
import { contextStore } from '../../engine/docker-cli/context-store.ts';

describe('contexts', () => {
  async function store(): Promise<{ readonly store: ContextStore; readonly folder: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-contexts-'));
    const around = { env: { DOCKER_CONFIG: folder }, home: folder, platform: process.platform };
    return { store: contextStore(around), folder };
  }

  test('are created, used in this window, set as default and removed', async () => {
    const { store: known, folder } = await store();
    const contexts = () => Promise.resolve(known);
    const t = trial({}, ['box', 'ssh://me@box', 'Set as Default', 'Remove'], {
      tools: { contexts },
    });
    await t.run(createContext);
    const box = (await known.list())[1]!;
    expect(box).toMatchObject({ name: 'box', host: 'ssh://me@box', current: false });
    await t.run(useContext, box);
    expect(t.tools.editor.getState('context')).toBe('box');
    expect(t.reconnects()).toBe(1);
    expect((await known.list())[1]?.current).toBe(false);
    await t.run(useEverywhere, box);
    expect(t.seen.at(-1)).toBe('info: box is now the default Docker context.');
    await t.run(removeContext, (await known.list())[1]!);
    expect(t.seen.at(-1)).toContain('The default Docker context changes from box to default.');
    expect((await known.list()).map(({ name, current }) => [name, current])).toEqual([
      ['default', true],
    ]);
    expect(t.tools.editor.getState('context')).toBe('');
    await t.run(useDockerCliContext);
    expect(t.reconnects()).toBe(3);
    await rm(folder, { recursive: true });
  });
});
