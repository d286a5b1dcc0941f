import { t } from '@vscode/l10n';
import { command } from '../command.ts';
import type { Choice, Platform } from '../../ui/editor.ts';

export default command({
  title: 'Start Docker…',
  icon: 'debug-start',
  async run(_, { editor }) {
    const line = await editor.pick(
      t('Start Docker: the command is put in a terminal, you press Enter'),
      waysToStart(editor.platform),
    );
    if (line !== undefined) editor.typeInTerminal(line);
  },
});

/** Ways to start an engine on a platform, the usual one first. */
export function waysToStart(platform: Platform): readonly Choice<string>[] {
  const way = (label: string, value: string): Choice<string> => ({ label, detail: value, value });
  const desktop = t('Docker Desktop');
  switch (platform) {
    case 'linux':
      return [
        way(t('Docker Engine, with systemd'), 'sudo systemctl start docker'),
        way(t('Docker Engine, now and at every boot'), 'sudo systemctl enable --now docker'),
        way(t('Docker Engine, without systemd'), 'sudo service docker start'),
        way(t('Docker Engine of this user only (rootless)'), 'systemctl --user start docker'),
        way(desktop, 'systemctl --user start docker-desktop'),
        way(t('Podman'), 'systemctl --user start podman.socket'),
      ];
    case 'wsl':
      return [
        way(desktop, "'/mnt/c/Program Files/Docker/Docker/Docker Desktop.exe'"),
        way(t('Docker Engine in this distribution'), 'sudo service docker start'),
        way(t('Docker Engine, with systemd'), 'sudo systemctl start docker'),
      ];
    case 'mac':
      return [
        way(desktop, 'open -a Docker'),
        way(t('Colima'), 'colima start'),
        way(t('OrbStack'), 'open -a OrbStack'),
        way(t('Podman'), 'podman machine start'),
      ];
    case 'windows':
      return [
        way(desktop, 'docker desktop start'),
        way(t('Windows containers without Docker Desktop'), 'Start-Service docker'),
        way(t('Docker Engine in WSL'), 'wsl -u root service docker start'),
      ];
  }
}
