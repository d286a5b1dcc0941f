import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Rename Container…',
  shortTitle: 'Rename…',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  single: true,
  group: '4_change',
  order: 1,
  async run([container], { engine: connected, editor }) {
    if (container === undefined) return;
    const { id, name } = container;
    const typed = await editor.ask(t('Rename {0}', name), { value: name, check: nameError });
    const newName = typed?.trim();
    if (newName === undefined || newName === name) return;
    const engine = await connected();
    await attempt(t('Could not rename {0}', name), () => engine.rename(id, newName));
  },
});

/** The pattern that the engine requires. */
function nameError(text: string): string | undefined {
  return /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(text.trim())
    ? undefined
    : t(
        'A name must have at least two characters: letters, digits, _ . and -, starting with a letter or digit.',
      );
}
