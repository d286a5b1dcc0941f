import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import { nameOf } from '../paths.ts';

export default command({
  title: 'Show Stage Graph',
  icon: 'type-hierarchy',
  async run(_, { editor, stageGraph }, { paths }) {
    const file = paths[0] ?? editor.activeFile();
    const chart = file === undefined ? undefined : await stageGraph?.(file);
    if (file === undefined || chart === undefined) {
      await editor.tell(t('Open a Dockerfile with stages first.'));
      return;
    }
    // VS Code knows no language of such charts; in Markdown its preview, and many pages, draw them.
    const text = `# ${nameOf(file)}\n\n\`\`\`mermaid\n${chart.trimEnd()}\n\`\`\`\n`;
    await editor.show(`${nameOf(file)} — stages.md`, text, 'markdown');
  },
});
