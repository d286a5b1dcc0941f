import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { openStageGraph } from '../../stage-graph/session.ts';

export default command({
  title: 'Show Stage Graph',
  icon: 'type-hierarchy',
  async run(_, { editor, stageGraph }, { paths }) {
    const file = paths[0] ?? editor.activeFile();
    const read = (path: string) => stageGraph?.(path) ?? Promise.resolve(undefined);
    if (file === undefined || (await read(file)) === undefined) {
      await editor.showInformation(t('Open a Dockerfile with stages first.'));
      return;
    }
    await openStageGraph(file, { editor, read });
  },
});
