import { command } from '../command.ts';

export default command({
  title: 'Show Build Context',
  icon: 'list-tree',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  inEditorMenu: true,
  async run(_, { editor, contextNeeds }, { paths: [path] }) {
    const { showBuildContext } = await import('../../build-context/show.ts');
    const needs = contextNeeds ?? (() => Promise.resolve(undefined));
    await showBuildContext({ editor, path, needs });
  },
});
