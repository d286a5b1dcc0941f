import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Compute Volume Sizes',
  shortTitle: 'Compute Sizes',
  icon: 'pie-chart',
  titleOf: ['volumes'],
  async run(_, { engine: connected, editor, volumeSizes }) {
    const engine = await connected();
    const { volumes } = await editor.withProgress(t('Computing volume sizes'), (signal) =>
      engine.diskUsage(signal),
    );
    volumeSizes.clear();
    for (const { name, size } of volumes) if (size !== undefined) volumeSizes.set(name, size);
    editor.redrawViews();
  },
});
