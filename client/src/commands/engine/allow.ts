import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import type { Choice } from '../../ui/editor.ts';

export default command({
  title: 'Grant Docker Access to This User…',
  async run(_, { editor }) {
    const choice = (label: string, description: string, value: string): Choice<string> => ({
      label,
      description,
      detail: value,
      value,
    });
    const line = await editor.pick(
      t('Grant Docker Access: the command is inserted into a terminal; press Enter to run it'),
      [
        choice(
          t('Add this user to the docker group'),
          t('then log out and back in'),
          'sudo usermod -aG docker "$USER"',
        ),
        choice(
          t('Start a shell with the new group'),
          t('VS Code itself still requires a new login'),
          'newgrp docker',
        ),
        choice(
          t('Show the permissions of the Docker socket'),
          '',
          'ls -l /var/run/docker.sock; id',
        ),
      ],
    );
    if (line !== undefined) editor.typeInTerminal(line);
  },
});
