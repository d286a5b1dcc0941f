import { t } from '@vscode/l10n';
import { formatSize } from '../../ui/format.ts';
import { command } from '../command.ts';

export default command({
  title: 'Select Image for Reading Volumes…',
  titleMenu: { on: ['volumes'], group: '1_look' },
  trusted: true,
  async run(_, { engine: connected, files: tools, editor }) {
    const engine = await connected();
    const images = await engine.images();
    const choices = images
      .flatMap(({ tags, id, size }) => tags.map((tag) => ({ tag, id, size })))
      .sort((a, b) => a.size - b.size)
      .map(({ tag, size }) => ({ label: tag, description: formatSize(size), value: tag }));
    if (choices.length === 0) {
      await editor.showInformation(t('There are no images on this engine. Pull an image first.'));
      return;
    }
    const note = t('A container is created from it, which is not started and removed afterwards');
    const image = await editor.pick(t('Select Image for Reading Volumes'), choices, note);
    if (image === undefined) return;
    await editor.setState('files.image', image);
    const session = await tools();
    for (const { name } of await engine.volumes())
      session.announce({ place: { kind: 'volume', name }, path: '/' });
  },
});
