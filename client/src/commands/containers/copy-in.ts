import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Copy Files to Container…',
  icon: 'arrow-up',
  on: 'container',
  needs: ['created|running|paused|restarting|exited'],
  single: true,
  group: '2_do',
  order: 1,
  onFiles: 'resourceScheme =~ /^(file|vscode-remote)$/',
  explorerOnly: true,
  async run([container], tools, { paths }) {
    if (container === undefined) return;
    const sources =
      paths.length > 0
        ? paths
        : await tools.editor.chooseFiles(t('Copy Files to {0}', container.name));
    if (sources === undefined) return;
    const { copyFilesIn } = await import('../../copy/actions.ts');
    await copyFilesIn(tools, container, { sources });
  },
});
