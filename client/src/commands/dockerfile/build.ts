import { t } from '@vscode/l10n';
import { formatDuration, ageBetween } from '../../ui/format.ts';
import { buildImage } from '../../build/session.ts';
import { command } from '../command.ts';

export default command({
  title: 'Build Image…',
  icon: 'package',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  titleOf: ['images'],
  trusted: true,
  async run(_, tools, files) {
    const built = await buildImage(tools, files);
    if (built === undefined) return;
    const duration = formatDuration(ageBetween(new Date(0), new Date(built.milliseconds)));
    // Not awaited: the command ends when the image is built, not when the notification is closed.
    void tools.editor.showInformation(t('Built {0} in {1}.', built.tag, duration));
  },
});
