import { t } from '@vscode/l10n';
import { duration, ageOf } from '../../ui/format.ts';
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
    const passed = duration(ageOf(new Date(0), new Date(built.milliseconds)));
    // Nobody waits for it: the command is done when the image is.
    void tools.editor.tell(t('Built {0} in {1}', built.tag, passed));
  },
});
