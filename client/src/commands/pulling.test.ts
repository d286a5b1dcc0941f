import { expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../engine/fake.ts';
import type { Tools } from './command.ts';
import type { Editor } from './editor.ts';
import { askedReference } from './pulling.ts';

/** What is offered to whoever is to name an image. */
async function offered(also: Partial<Tools> = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  const ask: Editor['ask'] = async (_, { suggestions } = {}) => {
    for (const { text, about = '' } of (await suggestions) ?? []) lines.push(`${text} · ${about}`);
    return undefined;
  };
  const { engine } = fakeEngine({
    images: [{ id: 'sha256:1', tags: ['shop:2', 'shop:1'] }, { id: 'sha256:2' }],
  });
  const { editor } = recordingEditor([], { ask });
  expect(await askedReference(toolsFor(engine, editor, also))).toBeUndefined();
  return lines;
}

test('what the engine has is offered first, then the official images', async () => {
  const lines = await offered();
  expect(lines.slice(0, 2)).toEqual(['shop:1 · local image', 'shop:2 · local image']);
  expect(lines).toContain('python · official image');
  const wellFormed = /^[\w./-]+(?::[\w.-]+)? · (?:local|official) image$/;
  expect(lines.filter((line) => !wellFormed.test(line))).toEqual([]);
});

test('without an engine the official images are left', async () => {
  const lines = await offered({
    engine: () => Promise.reject(new EngineError('not-running', 'Nothing answers')),
  });
  expect(lines).toContain('python · official image');
  expect(lines.every((line) => line.endsWith('official image'))).toBe(true);
});
