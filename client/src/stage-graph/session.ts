/** The stages of a Dockerfile as a picture, true to its text while the page is seen. */
import { t } from '@vscode/l10n';
import type { StageGraph } from '../../../contract/protocol.ts';
import { graphPage, type FromGraph, type GraphTexts, type ToGraph } from './page.ts';
import type { Tools } from '../ui/tools.ts';
import { nameOf } from '../ui/paths.ts';

export interface GraphOptions {
  readonly editor: Tools['editor'];
  /** The stages of the file as it is now. */
  readonly read: (file: string) => Promise<StageGraph | undefined>;
}

/** Opens the page; resolves when it is closed. */
export function openStageGraph(file: string, { editor, read }: GraphOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = false;
    const texts = textsFor(nameOf(file));
    const tell = async (): Promise<void> => {
      if (!seen) return;
      const graph = await read(file);
      const { stages = [], images = [] } = graph ?? {};
      post({ kind: 'show', texts, graph: { stages, images } });
    };
    const end = editor.whenChanged(file, () => void tell().catch(reject));
    const page = editor.openPage<ToGraph, FromGraph>(graphPage, texts.title, {
      received: (message) => void received(message).catch(reject),
      hidden: () => (seen = false),
      closed: () => {
        end();
        resolve();
      },
    });
    const post = (message: ToGraph): void => page.post(message);
    const received = async (message: FromGraph): Promise<void> => {
      if (message.kind === 'go') return editor.goTo(file, message.line);
      if (message.kind === 'copy') {
        await editor.copyText((await read(file))?.mermaid ?? '');
        post({ kind: 'copied' });
        return;
      }
      seen = true;
      await tell();
    };
  });
}

function textsFor(name: string): GraphTexts {
  return {
    title: t('Stages of {0}', name),
    copy: t('Copy as Mermaid'),
    copied: t('Copied'),
    smaller: t('Smaller'),
    larger: t('Larger'),
    fit: t('Fit'),
    target: t('target'),
    unneeded: t('not needed'),
    image: t('image'),
    from: t('FROM {0}', '{0}'),
    copies: t('copied from {0}', '{0}'),
    mounts: t('mounted from {0}', '{0}'),
    empty: t('There is no stage yet.'),
  };
}
