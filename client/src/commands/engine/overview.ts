import { t } from '@vscode/l10n';
import { overviewPage } from '../../inspect/engine-overview.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Engine and Disk Use',
  icon: 'server-environment',
  titleMenu: { on: ['containers', 'images', 'contexts'], group: '4_engine' },
  async run(_, { engine: connected, editor, state }) {
    const engine = await connected();
    const page = await editor.during(t('Asking the engine'), (signal) =>
      attempt(t('The engine told nothing of itself'), async () => {
        const [version, info, usage, containers, { address }] = await Promise.all([
          engine.version(),
          engine.info(),
          engine.diskUsage(signal),
          engine.containers(),
          state(),
        ]);
        return overviewPage({
          version,
          info,
          usage,
          containers,
          address,
          platform: editor.platform,
        });
      }),
    );
    await editor.page(t('Docker Engine'), page);
  },
});
