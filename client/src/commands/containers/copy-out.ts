import { t } from '@vscode/l10n';
import { copyOut } from '../../copy/copy.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatTransferred, confirmOverwrite, reportCopied } from '../../copy/messages.ts';
import { containerPathError } from '../../ui/paths.ts';

export default command({
  title: 'Copy Files from Container…',
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
    const last = editor.getState(key);
    const typed = await editor.ask(t('Copy Files from {0}', name), {
      ...(last !== undefined && { value: last }),
      placeholder: '/var/log/app.log',
      prompt: t('Path of a file or directory in the container'),
      check: containerPathError,
    });
    if (typed === undefined) return;
    const path = typed.trim();
    await editor.setState(key, path);
    const target = await editor.chooseFolder(t('Select Destination Folder for {0}', path));
    if (target === undefined) return;
    const copied = await editor.withProgress(
      t('Copying {0} from {1}', path, name),
      (signal, report) =>
        attempt(t('Could not copy {0} from {1}', path, name), () =>
          copyOut(
            engine,
            { container: id, path, target },
            {
              signal,
              report: (bytes, total) => report(...formatTransferred(bytes, total)),
              confirmOverwrite: (there) => confirmOverwrite(editor, there, target),
            },
          ),
        ),
    );
    await reportCopied(editor, copied, target);
  },
});
