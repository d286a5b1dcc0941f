import { t } from '@vscode/l10n';
import { buildImage } from '../../build/session.ts';
import { command } from '../command.ts';

export default command({
  title: 'Build and Run Image…',
  icon: 'run',
  trusted: true,
  async run(_, tools, files) {
    const built = await buildImage(tools, files, { quiet: true });
    if (built === undefined) return;
    const engine = await tools.engine();
    // Exposed ports are published on free host ports, which the row of the container shows.
    const body = { Image: built.tag, HostConfig: { PublishAllPorts: true } };
    const { id } = await engine.create({ body });
    await engine.start(id);
    tools.editor.refreshViews();
    void tools.editor.showInformation(
      t('Started {0}. Its published ports are in the Containers view.', built.tag),
    );
  },
});
