import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Measure Volumes',
  shortTitle: 'Measure',
  icon: 'pie-chart',
  titleOf: ['volumes'],
  async run(_, { engine: connected, editor, volumeSizes }) {
    const engine = await connected();
    const { volumes } = await editor.withProgress(t('Measuring volumes'), (signal) =>
      engine.diskUsage(signal),
    );
    volumeSizes.clear();
    for (const { name, size } of volumes) if (size !== undefined) volumeSizes.set(name, size);
    editor.redrawViews();
  },
});
