import { command } from '../command.ts';

export default command({
  title: 'Build Image',
  icon: 'package',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  titleOf: ['images'],
  trusted: true,
  async run(_, tools, files) {
    const { buildImage } = await import('../../build/session.ts');
    await buildImage(tools, files);
  },
});
