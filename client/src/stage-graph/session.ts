/** Shows the stages of a Dockerfile as a graph, updated while the page is visible. */
import { t } from '@vscode/l10n';
import type { StageGraph } from '../../../contract/protocol.ts';
import { graphPage, type FromGraph, type GraphTexts, type ToGraph } from './page.ts';
import type { Tools } from '../ui/tools.ts';
import { baseName } from '../ui/paths.ts';

export interface GraphOptions {
  readonly editor: Tools['editor'];
  /** Reads the stages of the current text of the file. */
  readonly read: (file: string) => Promise<StageGraph | undefined>;
}

/** Opens the page; resolves when it is closed. */
export function openStageGraph(file: string, { editor, read }: GraphOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let visible = false;
    const texts = pageTexts(baseName(file));
    const sendGraph = async (): Promise<void> => {
      if (!visible) return;
      const graph = await read(file);
      const { stages = [], images = [] } = graph ?? {};
      post({ kind: 'show', texts, graph: { stages, images } });
    };
    const end = editor.onDocumentChange(file, () => void sendGraph().catch(reject));
    const page = editor.openPage<ToGraph, FromGraph>(graphPage, texts.title, {
      onMessage: (message) => void onMessage(message).catch(reject),
      onHidden: () => (visible = false),
      onClosed: () => {
        end();
        resolve();
      },
    });
    const post = (message: ToGraph): void => page.post(message);
    const onMessage = async (message: FromGraph): Promise<void> => {
      if (message.kind === 'go') return editor.showLine(file, message.line);
      if (message.kind === 'copy') {
        await editor.copyToClipboard((await read(file))?.mermaid ?? '');
        post({ kind: 'copied' });
        return;
      }
      visible = true;
      await sendGraph();
    };
  });
}

function pageTexts(name: string): GraphTexts {
  return {
    title: t('Stages of {0}', name),
    copy: t('Copy as Mermaid'),
    copied: t('Copied'),
    zoomOut: t('Zoom Out'),
    zoomIn: t('Zoom In'),
    fit: t('Fit'),
    target: t('target'),
    unneeded: t('not needed'),
    image: t('image'),
    from: t('FROM {0}', '{0}'),
    copies: t('copied from {0}', '{0}'),
    mounts: t('mounted from {0}', '{0}'),
    empty: t('This Dockerfile has no stages.'),
  };
}
