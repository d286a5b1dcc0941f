import { t } from '@vscode/l10n';
import type { Container } from '../../engine/engine.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatNames, formatNamesOf } from '../../ui/name-list.ts';

export default command({
  title: 'Remove Volume…',
  shortTitle: 'Remove…',
  icon: 'trash',
  on: 'volume',
  group: '5_remove',
  async run(volumes, { engine: connected, editor }) {
    const engine = await connected();
    const containers = await engine.containers();
    const inUse = volumes.filter(({ name }) => usersOf(name, containers).length > 0);
    for (const { name } of inUse) {
      await editor.showWarning(refusal(name, usersOf(name, containers)));
    }
    const free = volumes.filter((volume) => !inUse.includes(volume));
    if (free.length === 0) return;
    const names = formatNames(
      free.map(({ name, anonymous }) => (anonymous ? name.slice(0, 12) : name)),
    );
    const question =
      free.length === 1
        ? t('Remove volume {0}?', names)
        : t('Remove {0} volumes: {1}?', free.length, names);
    const detail =
      free.length === 1
        ? t('All files in the volume will be deleted. This cannot be undone.')
        : t('All files in the volumes will be deleted. This cannot be undone.');
    if (!(await editor.confirm(question, detail, t('Remove')))) return;
    await runForEach(free, ({ name }) =>
      attempt(t('Could not remove {0}', name), () => engine.removeVolume(name)),
    );
  },
});

function usersOf(volume: string, containers: readonly Container[]): readonly Container[] {
  return containers.filter(({ volumes }) => volumes.includes(volume));
}

function refusal(volume: string, containers: readonly Container[]): string {
  const names = formatNamesOf(containers);
  return containers.length === 1
    ? t('Could not remove {0}: container {1} uses it. Remove the container first.', volume, names)
    : t('Could not remove {0}: containers {1} use it. Remove the containers first.', volume, names);
}
