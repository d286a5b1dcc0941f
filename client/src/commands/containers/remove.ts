import { t } from '@vscode/l10n';
import type { Container, Engine } from '../../engine/engine.ts';
import { attempt, each } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import type { Editor } from '../../ui/editor.ts';
import { named } from '../../ui/name-list.ts';

export default command({
  title: 'Remove Container…',
  shortTitle: 'Remove…',
  icon: 'trash',
  on: 'container',
  needs: ['created|exited|dead|running|paused|restarting'],
  group: '5_remove',
  groups: true,
  async run(containers, tools) {
    const engine = await tools.engine();
    const volumes = await anonymousVolumes(engine, containers);
    const answer = await asked(tools.editor, containers, volumes);
    if (answer === undefined) return;
    await each(containers, ({ id, name, state }) =>
      attempt(t('{0} was not removed', name), () =>
        engine.remove(id, { force: isUp(state), volumes: answer.withVolumes }),
      ),
    );
  },
});

/** What the person wants gone; undefined for nothing at all. */
async function asked(
  editor: Editor,
  containers: readonly Container[],
  volumes: number,
): Promise<{ readonly withVolumes: boolean } | undefined> {
  const running = containers.filter(({ state }) => isUp(state));
  const lost = t('Files written in it are lost.');
  const allLost = t('Files written in them are lost.');
  const kill = running.length > 0;
  const question = questionFor(containers, running);
  const detail = [containers.length === 1 ? lost : allLost];
  if (volumes === 0) {
    const yes = kill ? t('Kill and Remove') : t('Remove');
    const confirmed = await editor.confirm(question, detail.join(' '), yes);
    return confirmed ? { withVolumes: false } : undefined;
  }
  detail.push(volumesSentence(volumes, containers.length));
  const both = kill ? t('Kill and Remove with Volumes') : t('Remove with Volumes');
  const only = kill ? t('Kill and Remove, Keep Volumes') : t('Remove, Keep Volumes');
  const answer = await editor.choose(question, detail.join(' '), both, only);
  return answer === undefined ? undefined : { withVolumes: answer === both };
}

function volumesSentence(volumes: number, containers: number): string {
  if (volumes === 1 && containers === 1) {
    return t('An anonymous volume belongs to it; nothing else can reach its files afterwards.');
  }
  return containers === 1
    ? t(
        '{0} anonymous volumes belong to it; nothing else can reach their files afterwards.',
        volumes,
      )
    : t(
        '{0} anonymous volumes belong to them; nothing else can reach their files afterwards.',
        volumes,
      );
}

function questionFor(containers: readonly Container[], running: readonly Container[]): string {
  const [only] = containers;
  if (containers.length === 1 && only !== undefined) {
    return running.length === 0
      ? t('Remove container {0}?', only.name)
      : t('{0} is running. Kill and remove it?', only.name);
  }
  if (running.length === 0) {
    return t('Remove {0} containers: {1}?', containers.length, named(containers));
  }
  return running.length === containers.length
    ? t('{0} are running. Kill and remove them?', named(containers))
    : t(
        'Remove {0} containers: {1}? Of these, {2} would be killed.',
        containers.length,
        named(containers),
        named(running),
      );
}

function isUp(state: Container['state']): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** Volumes that were made with the containers and have no name but a number of 64 digits. */
async function anonymousVolumes(engine: Engine, containers: readonly Container[]): Promise<number> {
  const details = await Promise.all(
    containers.map(({ id }) => engine.inspect('container', id).catch(() => ({}))),
  );
  return details
    .flatMap(
      (container) =>
        (container as { Mounts?: readonly { Type?: string; Name?: string }[] }).Mounts ?? [],
    )
    .filter(({ Type, Name }) => Type === 'volume' && /^[0-9a-f]{64}$/.test(Name ?? '')).length;
}
