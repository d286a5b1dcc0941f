import { t } from '@vscode/l10n';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { listed, named } from '../../ui/name-list.ts';

export default command({
  title: 'Remove Network…',
  shortTitle: 'Remove…',
  icon: 'trash',
  on: 'network',
  needs: ['own'],
  group: '5_remove',
  async run(networks, { engine: connected, editor }) {
    const engine = await connected();
    const containers = (await engine.containers()).filter(({ state }) => state === 'running');
    const members = (name: string) => containers.filter((one) => one.networks.includes(name));
    const busy = networks.filter(({ name }) => members(name).length > 0);
    for (const { name } of busy) {
      await editor.warn(
        t(
          '{0} cannot be removed while {1} is connected. Stop it first.',
          name,
          named(members(name)),
        ),
      );
    }
    const free = networks.filter((network) => !busy.includes(network));
    if (free.length === 0) return;
    const names = listed(free.map(({ name }) => name));
    const question =
      free.length === 1
        ? t('Remove network {0}?', names)
        : t('Remove {0} networks: {1}?', free.length, names);
    const detail = t('Containers that were made for it do not start without it.');
    if (!(await editor.confirm(question, detail, t('Remove')))) return;
    await each(free, ({ id, name }) =>
      attempt(t('{0} was not removed', name), () => engine.removeNetwork(id)),
    );
  },
});
