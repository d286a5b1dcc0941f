import { t } from '@vscode/l10n';
import type { FilePlace } from '../../engine/files/place.ts';
import { isEngineError } from '../../engine/errors.ts';
import type { FileRef, FileTools } from '../../ui/files.ts';
import { command } from '../command.ts';

export default command({
  title: 'Compare with Image',
  on: 'file',
  needs: ['document', 'in-container'],
  single: true,
  group: '1_open',
  async run([file], { files: tools, engine: connected, editor }) {
    if (file?.place.kind !== 'container') return;
    const engine = await connected();
    const session = await tools();
    const { id } = file.place;
    const imageId = file.change?.imageId ?? (await engine.inspect('container', id)).imageId;
    const place: FilePlace = { kind: 'image', id: imageId, name: t('image') };
    const original: FileRef = { place, path: file.path };
    const [before, after] = [await isFile(session, original), await isFile(session, file)];
    const [left, right] = [await session.uriPath(original), await session.uriPath(file)];
    const title = t('{0} (image ↔ {1})', file.name, file.place.name);
    if (before && after) await editor.compareFiles({ resource: left }, { resource: right }, title);
    else if (before || after) await editor.openResource(before ? left : right);
    else
      await editor.showInformation(
        t('{0} is not a regular file; only its owner, mode or time can differ.', file.name),
      );
  },
});

async function isFile(session: FileTools, ref: FileRef): Promise<boolean> {
  try {
    return (await session.statTarget(ref)).entry.kind === 'file';
  } catch (error) {
    if (isEngineError(error) && error.kind === 'missing') return false;
    throw error;
  }
}
