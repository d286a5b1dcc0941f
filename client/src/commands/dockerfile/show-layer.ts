import { command } from '../command.ts';

export default command({
  title: 'Show Layer of Instruction',
  icon: 'layers',
  onFiles: 'resourceLangId == dockerfile && resourceScheme =~ /^(file|vscode-remote)$/',
  editorOnly: true,
  async run(_, tools, { paths: [path] }) {
    const line = tools.editor.activeLine();
    if (path === undefined || line === undefined) return;
    const { showLayerOfInstruction } = await import('../../layers/show-instruction.ts');
    await showLayerOfInstruction(tools, path, line + 1);
  },
});
