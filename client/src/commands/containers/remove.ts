import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../../engine/details.ts';
import type { Container, Engine } from '../../engine/engine.ts';
import { attempt, runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import type { Editor } from '../../ui/editor.ts';
import { formatNamesOf } from '../../ui/name-list.ts';

export default command({
  title: 'Remove Container…',
  shortTitle: 'Remove…',
  icon: 'trash',
  on: 'container',
  needs: ['created|exited|dead|running|paused|restarting'],
  group: '5_remove',
  order: 2,
  groups: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    const details = await inspectAll(engine, containers);
    const volumes = countAnonymousVolumes(details);
    const answer = await askForRemoval(tools.editor, containers, volumes);
    if (answer === undefined) return;
    const { rememberRemoved, snapshots } = await import('../../recreate/session.ts');
    const copies = await snapshots(tools, details, !answer.withVolumes);
    const removed = new Set<string>();
    try {
      await runForEach(containers, ({ id, name, state }) =>
        attempt(t('Could not remove {0}', name), async () => {
          await engine.remove(id, { force: isActive(state), volumes: answer.withVolumes });
          removed.add(id);
        }),
      );
    } finally {
      const gone = copies.filter(({ id }) => removed.has(id));
      await rememberRemoved(tools, gone);
    }
  },
});

/** Asks whether to remove the containers, and whether to remove their volumes; undefined for cancel. */
async function askForRemoval(
  editor: Editor,
  containers: readonly Container[],
  volumes: number,
): Promise<{ readonly withVolumes: boolean } | undefined> {
  const running = containers.filter(({ state }) => isActive(state));
  const kill = running.length > 0;
  const question = questionFor(containers, running);
  const detail = [
    containers.length === 1
      ? t('Files written inside the container will be deleted.')
      : t('Files written inside the containers will be deleted.'),
  ];
  if (volumes === 0) {
    const button = kill ? t('Kill and Remove') : t('Remove');
    const confirmed = await editor.confirm(question, detail.join(' '), button);
    return confirmed ? { withVolumes: false } : undefined;
  }
  detail.push(volumesSentence(volumes, containers.length));
  const withVolumes = kill ? t('Kill and Remove with Volumes') : t('Remove with Volumes');
  const keepVolumes = kill ? t('Kill and Remove, Keep Volumes') : t('Remove, Keep Volumes');
  const answer = await editor.chooseButton(question, detail.join(' '), withVolumes, keepVolumes);
  return answer === undefined ? undefined : { withVolumes: answer === withVolumes };
}

function volumesSentence(volumes: number, containers: number): string {
  if (volumes === 1 && containers === 1) {
    return t(
      'The container has an anonymous volume. If you keep it, you can find it only by its ID.',
    );
  }
  if (volumes === 1) {
    return t(
      'The containers have an anonymous volume. If you keep it, you can find it only by its ID.',
    );
  }
  return containers === 1
    ? t(
        'The container has {0} anonymous volumes. If you keep them, you can find them only by their IDs.',
        volumes,
      )
    : t(
        'The containers have {0} anonymous volumes. If you keep them, you can find them only by their IDs.',
        volumes,
      );
}

function questionFor(containers: readonly Container[], running: readonly Container[]): string {
  const [only] = containers;
  if (containers.length === 1 && only !== undefined) {
    return running.length === 0
      ? t('Remove container {0}?', only.name)
      : t('Container {0} is running. Kill and remove it?', only.name);
  }
  if (running.length === 0) {
    return t('Remove {0} containers: {1}?', containers.length, formatNamesOf(containers));
  }
  return running.length === containers.length
    ? t(
        '{0} containers are running: {1}. Kill and remove them?',
        containers.length,
        formatNamesOf(containers),
      )
    : t(
        'Remove {0} containers: {1}? Running containers will be killed: {2}.',
        containers.length,
        formatNamesOf(containers),
        formatNamesOf(running),
      );
}

function isActive(state: Container['state']): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** The details of the containers, as far as they can be read. */
async function inspectAll(
  engine: Engine,
  containers: readonly Container[],
): Promise<readonly ContainerDetails[]> {
  const details = await Promise.all(
    containers.map(({ id }) => engine.inspect('container', id).catch(() => undefined)),
  );
  return details.filter((one) => one !== undefined);
}

/** The number of anonymous volumes: those with a name of 64 hexadecimal digits. */
function countAnonymousVolumes(details: readonly ContainerDetails[]): number {
  return details
    .flatMap(({ mounts }) => mounts)
    .filter(({ type, name }) => type === 'volume' && /^[0-9a-f]{64}$/.test(name)).length;
}
