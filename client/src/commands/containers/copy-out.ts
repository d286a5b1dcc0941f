import { t } from '@vscode/l10n';
import { copyOut } from '../../copy/copy.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { amount, mayOverwrite, tellCopied } from '../../copy/messages.ts';
import { containerPathTrouble } from '../../ui/paths.ts';

export default command({
  title: 'Copy from Container…',
  icon: 'arrow-down',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  single: true,
  group: '2_do',
  async run([container], { engine: connected, editor }) {
    if (container === undefined) return;
    const { id, name } = container;
    const engine = await connected();
    const key = `copy.out:${name}`;
    const last = editor.recall(key);
    const typed = await editor.ask(t('Copy from {0}', name), {
      ...(last !== undefined && { value: last }),
      placeholder: '/var/log/app.log',
      prompt: t('A file or folder in the container'),
      check: containerPathTrouble,
    });
    if (typed === undefined) return;
    const path = typed.trim();
    await editor.remember(key, path);
    const target = await editor.chooseFolder(t('Copy {0} into which folder?', path));
    if (target === undefined) return;
    const copied = await editor.during(t('Copying {0} from {1}', path, name), (signal, report) =>
      attempt(t('{0} was not copied from {1}', path, name), () =>
        copyOut(
          engine,
          { container: id, path, target },
          {
            signal,
            report: (bytes, total) => report(...amount(bytes, total)),
            mayOverwrite: (there) => mayOverwrite(editor, there, target),
          },
        ),
      ),
    );
    await tellCopied(editor, copied, target);
  },
});
