import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import type { Choice, Platform } from '../../ui/editor.ts';

export default command({
  title: 'Start Docker…',
  icon: 'debug-start',
  async run(_, { editor }) {
    const line = await editor.pick(
      t('Start Docker: the command is inserted into a terminal; press Enter to run it'),
      startCommands(editor.platform),
    );
    if (line !== undefined) editor.typeInTerminal(line);
  },
});

/** Commands that start an engine on a platform, the most common one first. */
export function startCommands(platform: Platform): readonly Choice<string>[] {
  const choice = (label: string, value: string): Choice<string> => ({
    label,
    detail: value,
    value,
  });
  const desktop = t('Docker Desktop');
  switch (platform) {
    case 'linux':
      return [
        choice(t('Docker Engine, with systemd'), 'sudo systemctl start docker'),
        choice(t('Docker Engine, now and at every boot'), 'sudo systemctl enable --now docker'),
        choice(t('Docker Engine, without systemd'), 'sudo service docker start'),
        choice(t('Docker Engine in rootless mode'), 'systemctl --user start docker'),
        choice(desktop, 'systemctl --user start docker-desktop'),
        choice(t('Podman'), 'systemctl --user start podman.socket'),
      ];
    case 'wsl':
      return [
        choice(desktop, "'/mnt/c/Program Files/Docker/Docker/Docker Desktop.exe'"),
        choice(t('Docker Engine in this distribution'), 'sudo service docker start'),
        choice(t('Docker Engine, with systemd'), 'sudo systemctl start docker'),
      ];
    case 'mac':
      return [
        choice(desktop, 'open -a Docker'),
        choice(t('Colima'), 'colima start'),
        choice(t('OrbStack'), 'open -a OrbStack'),
        choice(t('Podman'), 'podman machine start'),
      ];
    case 'windows':
      return [
        choice(desktop, 'docker desktop start'),
        choice(t('Windows containers without Docker Desktop'), 'Start-Service docker'),
        choice(t('Docker Engine in WSL'), 'wsl -u root service docker start'),
      ];
  }
}
