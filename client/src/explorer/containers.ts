/** The Containers view: containers by compose project, running first, trouble never hidden below. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { ageIn, ago, duration, exact, few, imageName, joined, ports, shortId } from './facts.ts';
import { byGreatest, grouped } from './grouping.ts';
import type { Item, View } from './item.ts';
import { table } from './markdown.ts';

export interface ContainersOptions {
  /** Which containers are listed; asked at every refresh. */
  readonly show: () => 'all' | 'running';
}

/** The view of all containers of an engine. */
export function containersView({ show }: ContainersOptions): View {
  return {
    id: 'containers',
    title: 'Containers',
    about: ['container'],
    items: async (engine) => {
      const all = await engine.containers();
      const listed = show() === 'all' ? all : all.filter(isUp);
      return containerItems(listed, await outOfMemory(engine, listed));
    },
  };
}

/** Rows of containers; `starved` holds the ids of those that the kernel killed for want of memory. */
export function containerItems(
  containers: readonly Container[],
  starved: ReadonlySet<string> = new Set(),
): readonly Item[] {
  const sorted = [...containers].sort(
    byGreatest<Container>(
      (c) => Number(isUp(c)),
      (c) => c.createdAt.getTime(),
    ),
  );
  const groups = [...grouped(sorted, (c) => c.project)];
  if (groups.every(({ key }) => key === undefined)) {
    return sorted.map((container) => containerItem(container, container.name, starved));
  }
  const wrong = (c: Container): boolean => isWrong(c, starved);
  return groups
    .sort(
      byGreatest(
        (group) => Number(group.key !== undefined),
        (group) => Number(group.members.some(wrong)),
        (group) => Number(group.members.some(isUp)),
      ),
    )
    .map(({ key, members }) => {
      const running = members.filter(isUp).length;
      const label = key ?? t('other');
      const description = t('{0} of {1} running', running, members.length);
      return {
        id: key === undefined ? 'containers/other' : `project/${key}`,
        label,
        description,
        spoken: `${label}, ${description}`,
        traits: [key === undefined ? 'other' : 'project'],
        expanded: key === undefined || running > 0 || members.some(wrong),
        children: members.map((member) =>
          containerItem(member, serviceName(member, members), starved),
        ),
      };
    });
}

function containerItem(container: Container, label: string, starved: ReadonlySet<string>): Item {
  const look = lookOf(container, starved);
  const description = joined(
    imageName(container.image),
    few(ports(container.ports)),
    look.words,
    look.health,
  );
  return {
    id: `container/${container.id}`,
    label,
    description,
    icon: look.icon,
    tooltip: tooltipOf(container, look),
    spoken: joined(label, look.words, look.health, imageName(container.image)).replaceAll(
      ' · ',
      ', ',
    ),
    subject: { kind: 'container', value: container },
    traits: [container.state, ...(container.health === undefined ? [] : [container.health])],
  };
}

interface Look {
  readonly icon: NonNullable<Item['icon']>;
  /** The state in words, with its time. */
  readonly words: string;
  readonly health?: string;
}

function lookOf(container: Container, starved: ReadonlySet<string>): Look {
  const age = ageIn(container.status);
  switch (container.state) {
    case 'running':
      return runningLook(container, age && t('up {0}', duration(age)));
    case 'paused':
      return { icon: { name: 'debug-pause', color: 'icon.foreground' }, words: t('paused') };
    case 'restarting':
      return { icon: { name: 'sync', color: 'charts.yellow' }, words: t('restarting') };
    case 'removing':
      return { icon: { name: 'trash' }, words: t('being removed') };
    case 'created':
      return { icon: { name: 'circle-outline' }, words: t('created, never started') };
    case 'dead':
      return { icon: { name: 'error', color: 'charts.red' }, words: t('dead') };
    case 'exited': {
      const end = endOf(container, starved);
      return {
        icon: isWrong(container, starved)
          ? { name: 'error', color: 'charts.red' }
          : { name: 'circle-outline' },
        words: joined(end, age && ago(age)),
      };
    }
  }
}

function runningLook({ health }: Container, up: string | undefined): Look {
  const words = up ?? t('running');
  const green = { name: 'circle-filled', color: 'charts.green' };
  if (health === undefined) return { icon: green, words };
  switch (health) {
    case 'healthy':
      return { icon: green, words, health: t('healthy') };
    case 'starting':
      return {
        icon: { name: 'color-mode', color: 'charts.yellow' },
        words,
        health: t('starting health check'),
      };
    case 'unhealthy':
      return { icon: { name: 'warning', color: 'charts.yellow' }, words, health: t('unhealthy') };
  }
}

function endOf({ id, exitCode }: Container, starved: ReadonlySet<string>): string {
  if (exitCode === undefined) return t('exited');
  if (starved.has(id)) return t('out of memory ({0})', exitCode);
  return exitCode === 137 ? t('killed ({0})', exitCode) : t('exited {0}', exitCode);
}

function tooltipOf(container: Container, { words, health }: Look): string {
  return table(container.name, [
    [t('State'), joined(words, health)],
    [t('Image'), container.image],
    [t('Command'), container.command],
    [t('Ports'), ports(container.ports).join(', ')],
    [t('Compose project'), container.project],
    [t('Service'), container.service],
    [t('Created'), exact(container.createdAt)],
    [t('Id'), shortId(container.id)],
  ]);
}

/** Inside its project a container goes by its service, unless there are several of that service. */
function serviceName(container: Container, siblings: readonly Container[]): string {
  const { name, project, service } = container;
  if (project === undefined) return name;
  const alone = siblings.filter((other) => other.service === service).length === 1;
  if (service !== undefined && alone) return service;
  const prefix = [`${project}-`, `${project}_`].find((start) => name.startsWith(start));
  return prefix === undefined ? name : name.slice(prefix.length);
}

function isUp({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** Ended or stands so that someone should look: not what was stopped or interrupted on purpose. */
function isWrong(
  { id, state, health, exitCode }: Container,
  starved: ReadonlySet<string>,
): boolean {
  if (state === 'dead' || state === 'restarting' || starved.has(id)) return true;
  if (state === 'running') return health === 'unhealthy';
  return state === 'exited' && ![undefined, 0, 130, 137, 143].includes(exitCode);
}

/** Exit code 137 is a kill by anyone; only `inspect` knows whether it was the kernel. */
async function outOfMemory(
  engine: Engine,
  containers: readonly Container[],
): Promise<ReadonlySet<string>> {
  const killed = containers.filter(({ state, exitCode }) => state === 'exited' && exitCode === 137);
  const answers = await Promise.allSettled(
    killed.slice(0, 20).map(async ({ id }) => {
      const details = (await engine.inspect('container', id)) as {
        readonly State?: { readonly OOMKilled?: boolean };
      };
      return details.State?.OOMKilled === true ? id : undefined;
    }),
  );
  return new Set(
    answers.flatMap((answer) =>
      answer.status === 'fulfilled' && answer.value !== undefined ? [answer.value] : [],
    ),
  );
}
