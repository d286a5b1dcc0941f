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
      check: (text) => nameTrouble(text.trim(), taken),
    });
    if (typed === undefined) return;
    const name = typed.trim();
    await attempt(t('{0} was not created', name), () => engine.createVolume({ name }));
  },
});

/** The engine's own rule; it takes a name that exists without a word. */
function nameTrouble(name: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name)) return t('There is a volume named {0} already.', name);
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)
    ? undefined
    : t('A name has two or more letters, digits and _ . -, a letter or digit first.');
}
