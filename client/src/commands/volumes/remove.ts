import { t } from '@vscode/l10n';
import type { Container } from '../../engine/engine.ts';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { listed, named } from '../../ui/name-list.ts';

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
      await editor.warn(
        t(
          '{0} cannot be removed while {1} has it. Remove the container first, or stop using it there.',
          name,
          named(usersOf(name, containers)),
        ),
      );
    }
    const free = volumes.filter((volume) => !inUse.includes(volume));
    if (free.length === 0) return;
    const names = listed(free.map(({ name, anonymous }) => (anonymous ? name.slice(0, 12) : name)));
    const question =
      free.length === 1
        ? t('Remove volume {0}?', names)
        : t('Remove {0} volumes: {1}?', free.length, names);
    const lost = t('All files in it are lost; nothing brings them back.');
    const allLost = t('All files in them are lost; nothing brings them back.');
    if (!(await editor.confirm(question, free.length === 1 ? lost : allLost, t('Remove')))) return;
    await each(free, ({ name }) =>
      attempt(t('{0} was not removed', name), () => engine.removeVolume(name)),
    );
  },
});

function usersOf(volume: string, containers: readonly Container[]): readonly Container[] {
  return containers.filter(({ volumes }) => volumes.includes(volume));
}
