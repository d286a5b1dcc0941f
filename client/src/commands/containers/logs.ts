import { t } from '@vscode/l10n';
import { attempt } from '../attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Show Logs',
  icon: 'output',
  on: 'container',
  needs: ['created|running|paused|restarting|exited|dead'],
  inline: 3,
  group: '1_open',
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    for (const { id, name } of containers) {
      editor.printout(t('{0}: logs', name), 'output', async (print, signal) => {
        const decoder = new TextDecoder();
        await attempt(t('The logs of {0} cannot be read', name), async () => {
          for await (const chunk of engine.logs(id, { follow: true, tail: 1000 }, signal)) {
            print(decoder.decode(chunk, { stream: true }));
          }
        });
        print(`\n\u001B[2m${t('{0} writes no more.', name)}\u001B[0m\n`);
      });
    }
  },
});
