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
  async run([container], { engine: connected, editor }) {
    if (container === undefined) return;
    const { id, name } = container;
    const typed = await editor.ask(t('Rename {0}', name), { value: name, check: nameTrouble });
    const wanted = typed?.trim();
    if (wanted === undefined || wanted === name) return;
    const engine = await connected();
    await attempt(t('{0} was not renamed', name), () => engine.rename(id, wanted));
  },
});

/** The engine's own rule. */
function nameTrouble(text: string): string | undefined {
  return /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(text.trim())
    ? undefined
    : t('A name has two or more letters, digits and _ . -, a letter or digit first.');
}
