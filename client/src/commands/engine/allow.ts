import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import type { Choice } from '../../ui/editor.ts';

export default command({
  title: 'Allow This User to Use Docker…',
  async run(_, { editor }) {
    const way = (label: string, description: string, value: string): Choice<string> => ({
      label,
      description,
      detail: value,
      value,
    });
    const line = await editor.pick(
      t('Docker for this user: the command is put in a terminal, you press Enter'),
      [
        way(
          t('Join the docker group'),
          t('then log out and in again'),
          'sudo usermod -aG docker "$USER"',
        ),
        way(
          t('Try the new group in one shell'),
          t('the window itself still needs a new login'),
          'newgrp docker',
        ),
        way(t('Look who may use the socket'), '', 'ls -l /var/run/docker.sock; id'),
      ],
    );
    if (line !== undefined) editor.typeInTerminal(line);
  },
});
