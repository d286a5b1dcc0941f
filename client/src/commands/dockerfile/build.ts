import { buildImage } from '../../build/session.ts';
import { command } from '../command.ts';

export default command({
  title: 'Build Image…',
  icon: 'package',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  titleOf: ['images'],
  trusted: true,
  async run(_, tools, files) {
    await buildImage(tools, files);
  },
});
