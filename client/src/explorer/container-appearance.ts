/** The state of a container as an icon, a color and text. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import {
  parseAge,
  formatAge,
  formatDuration,
  formatImageName,
  joinDetails,
  ageAfter,
  type Age,
} from '../ui/format.ts';
import { withChildren, type Item } from './item.ts';

export interface ContainerAppearance {
  readonly icon: NonNullable<Item['icon']>;
  /** The state with its age: `up 2 h`. */
  readonly text: string;
  /** The state as a row begins with it: `running`, `exited (0) 2 h ago`. */
  readonly state: string;
  /** How long it has been running: `2 h`. */
  readonly uptime?: string;
  readonly health?: string;
}

/**
 * `oomKilled` holds the ids of containers that the kernel killed because they ran out of memory; `elapsed` is the
 * time in milliseconds since the containers were read.
 */
export function containerAppearance(
  container: Container,
  { oomKilled, elapsed }: { readonly oomKilled: ReadonlySet<string>; readonly elapsed: number },
): ContainerAppearance {
  const ageWhenRead = parseAge(container.status);
  const age = ageWhenRead && ageAfter(ageWhenRead, elapsed);
  switch (container.state) {
    case 'running':
      return runningAppearance(container, age);
    case 'paused':
      return stateAppearance(t('paused'), { name: 'debug-pause', color: 'icon.foreground' });
    case 'restarting':
      return stateAppearance(t('restarting'), { name: 'sync', color: 'charts.yellow' });
    case 'removing':
      return stateAppearance(t('being removed'), { name: 'trash' });
    case 'created':
      return stateAppearance(t('created, never started'), { name: 'circle-outline' });
    case 'dead':
      return stateAppearance(t('dead'), { name: 'error', color: 'charts.red' });
    case 'exited':
      return exitedAppearance(container, oomKilled, age);
  }
}

function stateAppearance(state: string, icon: NonNullable<Item['icon']>): ContainerAppearance {
  return { icon, text: state, state };
}

/** Seconds are not shown: they would be outdated immediately. */
function uptimeText(age: Age): string {
  return age.unit === 'second' ? t('< 1 min') : formatDuration(age);
}

function runningAppearance({ health }: Container, age: Age | undefined): ContainerAppearance {
  const state = t('running');
  const icon = healthIcon(health);
  const uptime = age && uptimeText(age);
  return {
    icon,
    state,
    text: uptime === undefined ? state : t('up {0}', uptime),
    ...(uptime !== undefined && { uptime }),
    ...(health !== undefined && { health: healthText(health) }),
  };
}

function healthIcon(health: Container['health']): NonNullable<Item['icon']> {
  switch (health) {
    case undefined:
    case 'healthy':
      return { name: 'circle-filled', color: 'charts.green' };
    case 'starting':
      return { name: 'color-mode', color: 'charts.yellow' };
    case 'unhealthy':
      return { name: 'warning', color: 'charts.yellow' };
  }
}

function healthText(health: NonNullable<Container['health']>): string {
  switch (health) {
    case 'healthy':
      return t('healthy');
    case 'starting':
      return t('health: starting');
    case 'unhealthy':
      return t('unhealthy');
  }
}

function exitedAppearance(
  container: Container,
  oomKilled: ReadonlySet<string>,
  age: Age | undefined,
): ContainerAppearance {
  const { end, reason } = exitTexts(container, oomKilled);
  const whole = reason === undefined ? end : `${end} ${reason}`;
  const ago = age && formatAge(age);
  return {
    icon: hasFailed(container, oomKilled)
      ? { name: 'error', color: 'charts.red' }
      : { name: 'circle-outline' },
    text: joinDetails(whole, ago),
    state: ago === undefined ? whole : `${whole}${reason === undefined ? '' : ','} ${ago}`,
  };
}

/** What exited, and the reason if one is known. */
function exitTexts(
  { id, exitCode }: Container,
  oomKilled: ReadonlySet<string>,
): { readonly end: string; readonly reason?: string } {
  if (exitCode === undefined) return { end: t('exited') };
  const end = t('exited ({0})', exitCode);
  if (oomKilled.has(id)) return { end, reason: t('out of memory') };
  return exitCode === 137 ? { end, reason: t('killed') } : { end };
}

/** Whether the container ended with an exit code other than 0, also after it was stopped. */
export function hasFailed(
  { id, state, exitCode = 0 }: Container,
  oomKilled: ReadonlySet<string>,
): boolean {
  return state === 'dead' || (state === 'exited' && (exitCode !== 0 || oomKilled.has(id)));
}

export function isActive({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** Whether the container has failed or is unhealthy. Exit codes of containers that were stopped or interrupted do not count. */
export function needsAttention(
  { id, state, health, exitCode }: Container,
  oomKilled: ReadonlySet<string>,
): boolean {
  if (state === 'dead' || state === 'restarting' || oomKilled.has(id)) return true;
  if (state === 'running') return health === 'unhealthy';
  return state === 'exited' && ![undefined, 0, 130, 137, 143].includes(exitCode);
}

/** The traits that determine which commands are available. */
export function containerTraits(container: Container): readonly string[] {
  const { state, health, ports, project } = container;
  const published = ports.some(({ host, protocol }) => host !== undefined && protocol === 'tcp');
  return [
    state,
    ...(health === undefined ? [] : [health]),
    ...(published ? ['published'] : []),
    ...(project === undefined ? [] : ['composed']),
  ];
}

/** The row of a volume or network, with containers as its child rows. */
export function withMembers(item: Item, containers: readonly Container[]): Item {
  if (containers.length === 0) return item;
  return withChildren({ ...item, expanded: false }, () => memberItems(containers, item.id));
}

function memberItems(containers: readonly Container[], under: string): readonly Item[] {
  return containers.map((container): Item => {
    // Only the icon is used: these rows are not redrawn as time passes.
    const { icon } = containerAppearance(container, { oomKilled: new Set(), elapsed: 0 });
    const { id, name, image } = container;
    const description = joinDetails(
      formatImageName(image),
      isActive(container) ? undefined : t('not running'),
    );
    return {
      id: `${under}/container/${id}`,
      label: name,
      description,
      icon,
      accessibilityLabel: joinDetails(name, description).replaceAll(' · ', ', '),
      subject: { kind: 'container', value: container },
      traits: containerTraits(container),
      open: 'containers.logs',
    };
  });
}
