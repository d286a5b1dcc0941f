import { command } from '../command.ts';

export default command({
  title: 'Build Again',
  icon: 'debug-rerun',
  inEditorTitle: {
    as: 'button',
    when: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  },
  trusted: true,
  async run(_, tools, files) {
    const { buildAgain } = await import('../../build/session.ts');
    await buildAgain(tools, files);
  },
});
