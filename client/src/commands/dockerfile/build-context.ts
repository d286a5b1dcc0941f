import { contextKey } from '../../ui/past-builds.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Build Context',
  icon: 'list-tree',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  inEditorTitle: {
    as: 'menu',
    when: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  },
  async run(_, { editor, contextNeeds }, { paths: [path] }) {
    const { showBuildContext } = await import('../../build-context/show.ts');
    await showBuildContext({
      editor,
      path,
      needs: contextNeeds ?? (() => Promise.resolve(undefined)),
      lastFolder: (dockerfile) => editor.getState(contextKey(dockerfile)),
    });
  },
});
