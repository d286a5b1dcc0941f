import { t } from '@vscode/l10n';
import { command } from '../command.ts';

export default command({
  title: 'Build and Run Image…',
  icon: 'run',
  trusted: true,
  async run(_, tools, files) {
    const { buildImage } = await import('../../build/session.ts');
    const built = await buildImage(tools, files, { quiet: true });
    if (built?.reference === undefined) return;
    const engine = await tools.engine();
    // Exposed ports are published on free host ports, which the row of the container shows.
    const body = { Image: built.reference, HostConfig: { PublishAllPorts: true } };
    const { id } = await engine.create({ body });
    await engine.start(id);
    tools.editor.refreshViews();
    void tools.editor.showInformation(
      t('Started {0}. Its published ports are in the Containers view.', built.title),
    );
  },
});
