import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { profileTerminal } from './terminal-profile.ts';

const web = { name: 'web' };

test('opens a shell from the terminal menu, and asks for the container when several are running', async () => {
  const old = { name: 'old', state: 'exited' as const };
  const profile = async (containers: readonly { readonly name: string }[], answer?: string) => {
    const { editor, seen } = recordingEditor([answer]);
    const { engine } = fakeEngine({ containers });
    const terminal = await profileTerminal(toolsFor(engine, editor));
    return { name: terminal?.name, seen };
  };
  expect(await profile([web, old])).toEqual({ name: 'web: ash', seen: [] });
  const asked = 'pick: Attach Shell: Container [web, db]';
  expect(await profile([web, { name: 'db' }], 'db')).toEqual({ name: 'db: ash', seen: [asked] });
  expect(await profile([web, { name: 'db' }])).toEqual({ name: undefined, seen: [asked] });
  const none = 'info: No container is running.';
  expect(await profile([old])).toEqual({ name: undefined, seen: [none] });
});
