/** Shows the layer that the instruction at the cursor has made. */
import { t } from '@vscode/l10n';
import { lastImageOf, pastBuildsKey, readPastBuilds } from '../ui/past-builds.ts';
import { baseName } from '../ui/paths.ts';
import { shortId } from '../ui/format.ts';
import type { Tools } from '../ui/tools.ts';
import { openLayers } from './open.ts';

/** Opens the layers of the last image of the Dockerfile; resolves when the page is closed. `line` is from 1. */
export async function showLayerOfInstruction(
  tools: Pick<Tools, 'engine' | 'editor'>,
  path: string,
  line: number,
): Promise<void> {
  const { editor } = tools;
  const past = lastImageOf(readPastBuilds(editor.getState(pastBuildsKey)), path);
  const images = past === undefined ? [] : await (await tools.engine()).images();
  const image = images.find(({ id }) => id === past?.image);
  if (image === undefined) {
    const build = t('Build Image…');
    const message = past === undefined
      ? t('No image of {0} has been built in this workspace.', baseName(path))
      : t('The image of the last build of {0} no longer exists.', baseName(path)); // prettier-ignore
    const pressed = await editor.showInformation(message, build);
    if (pressed === build) await editor.runCommand('dockerfile.build', { file: path });
    return;
  }
  const name = image.tags[0] ?? shortId(image.id);
  await openLayers(tools, { id: image.id, name }, { path, line });
}
