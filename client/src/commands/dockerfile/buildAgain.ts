import { command } from '../command.ts';

export default command({
  title: 'Build Again',
  icon: 'debug-rerun',
  inEditorTitle: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  trusted: true,
  async run(_, tools, files) {
    const { buildAgain, reportBuilt } = await import('../../build/session.ts');
    const built = await buildAgain(tools, files);
    if (built !== undefined) reportBuilt(tools.editor, built);
  },
});
