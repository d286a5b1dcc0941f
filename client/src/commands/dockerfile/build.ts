import { command } from '../command.ts';

export default command({
  title: 'Build Image…',
  icon: 'package',
  onFiles: 'resourceScheme =~ /^(file|vscode-remote)$/',
  filesOnly: true,
  titleOf: ['images'],
  trusted: true,
  async run(_, tools, files) {
    const { agreesToBuild, buildImage } = await import('../../build/session.ts');
    if (!(await agreesToBuild(tools.editor, files))) return;
    await buildImage(tools, files);
  },
});
