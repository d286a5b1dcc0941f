import { command } from '../command.ts';

export default command({
  title: 'Build Image…',
  icon: 'package',
  onFiles:
    'resourceLangId != dockerfile && !explorerResourceIsFolder && resourceScheme =~ /^(file|vscode-remote)$/',
  trusted: true,
  async run(_, tools, files) {
    const { agreesToBuild, buildImage, reportBuilt } = await import('../../build/session.ts');
    const path = files.paths[0] ?? tools.editor.activeFile();
    if (path !== undefined && !(await agreesToBuild(tools.editor, path))) return;
    const built = await buildImage(tools, path === undefined ? files : { paths: [path] });
    if (built !== undefined) reportBuilt(tools.editor, built);
  },
});
