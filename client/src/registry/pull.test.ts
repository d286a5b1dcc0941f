import { expect, test } from 'vitest';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { EngineError } from '../engine/errors.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Tools } from '../ui/tools.ts';
import type { Editor } from '../ui/editor.ts';
import { askReference } from './pull.ts';

/** The suggestions of the input for an image name. */
async function suggestionsFor(
  typed = '',
  overrides: Partial<Tools> = {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  const ask: Editor['ask'] = async (_, { suggestions } = {}) => {
    const known = (await suggestions)?.(typed) ?? [];
    for (const { text, description = '' } of known) lines.push(`${text} · ${description}`);
    return undefined;
  };
  const { engine } = fakeEngine({
    images: [{ id: 'sha256:1', tags: ['shop:2', 'shop:1', 'debian:trixie'] }, { id: 'sha256:2' }],
  });
  const { editor } = recordingEditor([], { ask });
  expect(await askReference(toolsFor(engine, editor, overrides))).toBeUndefined();
  return lines;
}

test('suggests local images first, then official images', async () => {
  const lines = await suggestionsFor();
  expect(lines.slice(1, 3)).toEqual(['shop:1 · local image', 'shop:2 · local image']);
  expect(lines).toContain('python · official image');
  const wellFormed = /^[\w./-]+(?::[\w.-]+)? · (?:local|official) image$/;
  expect(lines.filter((line) => !wellFormed.test(line))).toEqual([]);
});

test('suggests only official images without an engine', async () => {
  const lines = await suggestionsFor('', {
    engine: () => Promise.reject(new EngineError('not-running', 'not running')),
  });
  expect(lines).toContain('python · official image');
  expect(lines.every((line) => line.endsWith('official image'))).toBe(true);
});

test('suggests tags after the colon, the best first, and each local tag once', async () => {
  const lines = await suggestionsFor('debian:');
  expect(lines[3]).toMatch(/^debian:\d+ · official image$/);
  expect(lines.filter((line) => line.startsWith('debian:trixie '))).toEqual([
    'debian:trixie · local image',
  ]);
  expect(await suggestionsFor('docker.io/library/debian:')).toContain(
    'docker.io/library/debian:trixie · official image',
  );
  expect(await suggestionsFor('no-such-image:')).toContain('python · official image');
});
