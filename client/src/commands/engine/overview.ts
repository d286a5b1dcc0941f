import { t } from '@vscode/l10n';
import { overviewPage } from '../../inspect/engine-overview.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Docker System Info',
  icon: 'server-environment',
  titleMenu: { on: ['containers', 'images', 'contexts'], group: '4_engine' },
  async run(_, { engine: connected, editor, connectionState }) {
    const engine = await connected();
    const page = await editor.withProgress(t('Reading Docker system information'), (signal) =>
      attempt(t('Could not read engine information'), async () => {
        const [version, info, usage, containers, { address }] = await Promise.all([
          engine.version(),
          engine.info(),
          engine.diskUsage(signal),
          engine.containers(),
          connectionState(),
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
    await editor.showMarkdown(t('Docker System Info'), page);
  },
});
