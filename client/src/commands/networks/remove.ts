import { t } from '@vscode/l10n';
import type { Container } from '../../engine/engine.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatNames, formatNamesOf } from '../../ui/name-list.ts';

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
      await editor.showWarning(refusal(name, members(name)));
    }
    const free = networks.filter((network) => !busy.includes(network));
    if (free.length === 0) return;
    const names = formatNames(free.map(({ name }) => name));
    const question =
      free.length === 1
        ? t('Remove network {0}?', names)
        : t('Remove {0} networks: {1}?', free.length, names);
    const detail = t('Stopped containers that use a removed network can no longer start.');
    if (!(await editor.confirm(question, detail, t('Remove')))) return;
    await runForEach(free, ({ id, name }) =>
      attempt(t('Could not remove {0}', name), () => engine.removeNetwork(id)),
    );
  },
});

function refusal(network: string, containers: readonly Container[]): string {
  const names = formatNamesOf(containers);
  return containers.length === 1
    ? t(
        'Could not remove {0}: container {1} is connected. Stop the container first.',
        network,
        names,
      )
    : t(
        'Could not remove {0}: containers {1} are connected. Stop the containers first.',
        network,
        names,
      );
}
