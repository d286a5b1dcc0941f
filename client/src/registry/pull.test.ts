import { expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Tools } from '../ui/tools.ts';
import type { Editor } from '../ui/editor.ts';
import { askedReference } from './pull.ts';

/** What is offered to whoever is to name an image. */
async function offered(typed = '', also: Partial<Tools> = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  const ask: Editor['ask'] = async (_, { suggestions } = {}) => {
    const known = (await suggestions)?.(typed) ?? [];
    for (const { text, about = '' } of known) lines.push(`${text} · ${about}`);
    return undefined;
  };
  const { engine } = fakeEngine({
    images: [{ id: 'sha256:1', tags: ['shop:2', 'shop:1', 'debian:trixie'] }, { id: 'sha256:2' }],
  });
  const { editor } = recordingEditor([], { ask });
  expect(await askedReference(toolsFor(engine, editor, also))).toBeUndefined();
  return lines;
}

test('what the engine has is offered first, then the official images', async () => {
  const lines = await offered();
  expect(lines.slice(1, 3)).toEqual(['shop:1 · local image', 'shop:2 · local image']);
  expect(lines).toContain('python · official image');
  const wellFormed = /^[\w./-]+(?::[\w.-]+)? · (?:local|official) image$/;
  expect(lines.filter((line) => !wellFormed.test(line))).toEqual([]);
});

test('without an engine the official images are left', async () => {
  const lines = await offered('', {
    engine: () => Promise.reject(new EngineError('not-running', 'Nothing answers')),
  });
  expect(lines).toContain('python · official image');
  expect(lines.every((line) => line.endsWith('official image'))).toBe(true);
});

test('after the colon the tags are offered, the best first, and those that are here but once', async () => {
  const lines = await offered('debian:');
  expect(lines[3]).toMatch(/^debian:\d+ · official image$/);
  expect(lines.filter((line) => line.startsWith('debian:trixie '))).toEqual([
    'debian:trixie · local image',
  ]);
  expect(await offered('docker.io/library/debian:')).toContain(
    'docker.io/library/debian:trixie · official image',
  );
  expect(await offered('no-such-image:')).toContain('python · official image');
});
