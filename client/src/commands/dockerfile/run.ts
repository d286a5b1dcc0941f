import { t } from '@vscode/l10n';
import { buildImage } from '../../build/session.ts';
import { command } from '../command.ts';

export default command({
  title: 'Build and Run…',
  icon: 'run',
  trusted: true,
  async run(_, tools, files) {
    const built = await buildImage(tools, files);
    if (built === undefined) return;
    const engine = await tools.engine();
    // What the image exposes is published on free ports, which the row of the container shows.
    const body = { Image: built.tag, HostConfig: { PublishAllPorts: true } };
    const { id } = await engine.create({ body });
    await engine.start(id);
    tools.editor.refresh();
    void tools.editor.tell(t('{0} runs; its ports are in the Containers view.', built.tag));
  },
});
