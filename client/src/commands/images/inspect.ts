import { t } from '@vscode/l10n';
import { attempt, each } from '../attempt.ts';
import { command } from '../command.ts';
import { imageLabel } from '../reference.ts';

export default command({
  title: 'Inspect Image',
  shortTitle: 'Inspect',
  icon: 'json',
  on: 'image',
  group: '1_open',
  async run(images, { engine: connected, editor }) {
    const engine = await connected();
    await each(images, (reference) =>
      attempt(t('{0} cannot be inspected', imageLabel(reference)), async () => {
        const details = await engine.inspect('image', reference.image.id);
        const name = imageLabel(reference).replace(/[/:]/g, '-');
        await editor.show(`${name}.json`, JSON.stringify(details, undefined, 2), 'json');
      }),
    );
  },
});
