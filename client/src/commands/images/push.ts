import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel, registryIn } from '../../registry/image-reference.ts';
import { follow } from '../../registry/transfer-progress.ts';

export default command({
  title: 'Push Image…',
  shortTitle: 'Push…',
  icon: 'cloud-upload',
  on: 'image',
  needs: ['tagged'],
  group: '2_do',
  trusted: true,
  async run(references, { engine: connected, editor }) {
    const engine = await connected();
    const names = references.map(imageLabel);
    const registries = [...new Set(names.map(registryIn))];
    const question =
      names.length === 1
        ? t('Push {0} to {1}?', names[0] ?? '', registries.join(', '))
        : t('Push {0} images to {1}?', names.length, registries.join(', '));
    const detail = t('Whoever may read there can pull it. A tag that exists there is replaced.');
    if (!(await editor.confirm(question, detail, t('Push')))) return;
    for (const name of names) {
      await editor.during(t('Pushing {0}', name), (signal, report) =>
        attempt(t('{0} was not pushed', name), () => follow(engine.push(name, signal), report)),
      );
      void editor.tell(t('Pushed {0}', name));
    }
  },
});
