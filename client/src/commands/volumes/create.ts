import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Create Volume…',
  icon: 'add',
  titleOf: ['volumes'],
  async run(_, { engine: connected, editor }) {
    const engine = await connected();
    const taken = new Set((await engine.volumes()).map(({ name }) => name));
    const typed = await editor.ask(t('Create Volume'), {
      prompt: t('Name of the volume'),
      check: (text) => nameError(text.trim(), taken),
    });
    if (typed === undefined) return;
    const name = typed.trim();
    await attempt(t('Could not create {0}', name), () => engine.createVolume({ name }));
  },
});

/** The pattern that the engine requires. The engine itself accepts an existing name without an error. */
function nameError(name: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name)) return t('A volume named {0} already exists.', name);
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)
    ? undefined
    : t(
        'A name must have at least two characters: letters, digits, _ . and -, starting with a letter or digit.',
      );
}
