import { t } from '@vscode/l10n';
import { shellOf } from '../../terminal/shells.ts';
import { attempt, each } from '../attempt.ts';
import { command } from '../command.ts';

export default command({
  title: 'Open Shell',
  icon: 'terminal',
  on: 'container',
  needs: ['running'],
  inline: 2,
  group: '1_open',
  trusted: true,
  async run(containers, { engine: connected, editor }) {
    const engine = await connected();
    await each(containers, ({ id, name }) =>
      attempt(t('No shell in {0}', name), async () => {
        const argv = await shellOf(engine, id);
        const program = argv[0]?.split('/').at(-1) ?? '';
        const stream = await engine.exec(id, argv, { tty: true, env: ['TERM=xterm-256color'] });
        editor.terminal(`${name}: ${program}`, stream, 'terminal');
      }),
    );
  },
});
