import { t } from '@vscode/l10n';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel, registryHost } from '../../registry/image-reference.ts';
import { reportTransfer } from '../../registry/transfer-progress.ts';

export default command({
  title: 'Push Image…',
  shortTitle: 'Push…',
  icon: 'cloud-upload',
  on: 'image',
  needs: ['tagged'],
  group: '0_daily',
  order: 4,
  trusted: true,
  async run(references, { engine: connected, editor }) {
    const engine = await connected();
    const names = references.map(imageLabel);
    const registries = [...new Set(names.map(registryHost))];
    const question =
      names.length === 1
        ? t('Push {0} to {1}?', names[0] ?? '', registries.join(', '))
        : t('Push {0} images to {1}?', names.length, registries.join(', '));
    const detail = t(
      'Anyone with read access to the repository can pull from it. An existing tag is overwritten.',
    );
    if (!(await editor.confirm(question, detail, t('Push')))) return;
    for (const name of names) {
      await editor.withProgress(t('Pushing {0}', name), (signal, report) =>
        attempt(t('Could not push {0}', name), () =>
          reportTransfer(engine.push(name, signal), report),
        ),
      );
      void editor.showInformation(t('Pushed {0}.', name));
    }
  },
});
