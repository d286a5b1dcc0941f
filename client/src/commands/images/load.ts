import { t } from '@vscode/l10n';
import { readStream, sizeOf } from '../../copy/file-stream.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatTransferred } from '../../copy/messages.ts';
import { formatNames } from '../../ui/name-list.ts';
import { baseName } from '../../ui/paths.ts';

export default command({
  title: 'Load Images from File…',
  titleMenu: { on: ['images'], group: '2_make' },
  trusted: true,
  async run(_, { engine: connected, editor }) {
    const file = await editor.chooseFile(t('Load Images'), ['tar', 'gz', 'tgz', 'xz', 'zst']);
    if (file === undefined) return;
    const engine = await connected();
    const loaded: string[] = [];
    await editor.withProgress(t('Loading {0}', baseName(file)), (signal, report) =>
      attempt(t('Could not load {0}', baseName(file)), async () => {
        const total = await sizeOf(file);
        const tar = readStream(file, (bytes) => report(...formatTransferred(bytes, total)));
        for await (const name of engine.load(tar, signal)) loaded.push(name);
      }),
    );
    void editor.showInformation(
      t('Loaded {0}.', loaded.length === 0 ? baseName(file) : formatNames(loaded)),
    );
  },
});
