import { expect, test } from 'vitest';
import { recordingEditor } from '../../../test/recording-editor.ts';
import { lastRun, rememberRun } from './memory.ts';

test('remembers when a build ended and how long it took, in whole milliseconds', async () => {
  const { editor } = recordingEditor([]);
  const key = { dockerfile: '/w/Dockerfile' };
  const endedAt = new Date('2026-01-02T03:04:05.678Z');
  expect(lastRun(editor, key)).toBeUndefined();
  await rememberRun(editor, key, { endedAt, milliseconds: 6812.345 });
  expect(lastRun(editor, key)).toEqual({ endedAt, milliseconds: 6812 });
  expect(lastRun(editor, { ...key, stage: 'build' })).toBeUndefined();
});
