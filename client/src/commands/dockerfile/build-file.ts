import { command } from '../command.ts';

export default command({
  title: 'Build Image…',
  icon: 'package',
  onFiles:
    'resourceLangId != dockerfile && !explorerResourceIsFolder && resourceScheme =~ /^(file|vscode-remote)$/',
  trusted: true,
  async run(_, tools, files) {
    const { agreesToBuild, buildImage } = await import('../../build/session.ts');
    const path = files.paths[0] ?? tools.editor.activeFile();
    if (path !== undefined && !(await agreesToBuild(tools.editor, path))) return;
    await buildImage(tools, path === undefined ? files : { paths: [path] });
  },
});
