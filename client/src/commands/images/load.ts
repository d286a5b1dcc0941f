import { t } from '@vscode/l10n';
import { readStream, sizeOf } from '../../copy/file-stream.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { amount } from '../../copy/messages.ts';
import { listed } from '../../ui/name-list.ts';
import { nameOf } from '../../ui/paths.ts';

export default command({
  title: 'Load Images from File…',
  titleMenu: { on: ['images'], group: '2_make' },
  trusted: true,
  async run(_, { engine: connected, editor }) {
    const file = await editor.chooseFile(t('Load Images'), ['tar', 'gz', 'tgz', 'xz', 'zst']);
    if (file === undefined) return;
    const engine = await connected();
    const loaded: string[] = [];
    await editor.during(t('Loading {0}', nameOf(file)), (signal, report) =>
      attempt(t('{0} was not loaded', nameOf(file)), async () => {
        const total = await sizeOf(file);
        const tar = readStream(file, (bytes) => report(...amount(bytes, total)));
        for await (const name of engine.load(tar, signal)) loaded.push(name);
      }),
    );
    void editor.tell(loaded.length === 0 ? t('Loaded') : t('Loaded {0}', listed(loaded)));
  },
});
