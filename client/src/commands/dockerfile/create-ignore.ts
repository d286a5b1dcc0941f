import { contextKey } from '../../ui/past-builds.ts';
import { command } from '../command.ts';

export default command({
  title: 'Create .dockerignore',
  icon: 'new-file',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  async run(_, { editor, contextNeeds }, { paths: [path] }) {
    const { createIgnoreFile } = await import('../../build-context/create-ignore-file.ts');
    await createIgnoreFile({
      editor,
      path,
      needs: contextNeeds ?? (() => Promise.resolve(undefined)),
      lastFolder: (dockerfile) => editor.getState(contextKey(dockerfile)),
    });
  },
});
