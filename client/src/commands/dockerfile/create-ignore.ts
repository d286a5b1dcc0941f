import { command } from '../command.ts';

export default command({
  title: 'Create .dockerignore',
  icon: 'new-file',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  async run(_, { editor, contextNeeds }, { paths: [path] }) {
    const { createIgnoreFile } = await import('../../build-context/create-ignore-file.ts');
    const { lastBuildFolder } = await import('../../build/session.ts');
    await createIgnoreFile({
      editor,
      path,
      needs: contextNeeds ?? (() => Promise.resolve(undefined)),
      lastFolder: (dockerfile) => lastBuildFolder(editor, dockerfile),
    });
  },
});
