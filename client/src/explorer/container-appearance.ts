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
import type { Item } from './item.ts';

export interface ContainerAppearance {
  readonly icon: NonNullable<Item['icon']>;
  /** The state with its age. */
  readonly text: string;
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
      return runningAppearance(container, age && uptimeText(age));
    case 'paused':
      return { icon: { name: 'debug-pause', color: 'icon.foreground' }, text: t('paused') };
    case 'restarting':
      return { icon: { name: 'sync', color: 'charts.yellow' }, text: t('restarting') };
    case 'removing':
      return { icon: { name: 'trash' }, text: t('being removed') };
    case 'created':
      return { icon: { name: 'circle-outline' }, text: t('created, never started') };
    case 'dead':
      return { icon: { name: 'error', color: 'charts.red' }, text: t('dead') };
    case 'exited': {
      const end = exitText(container, oomKilled);
      return {
        icon: needsAttention(container, oomKilled)
          ? { name: 'error', color: 'charts.red' }
          : { name: 'circle-outline' },
        text: joinDetails(end, age && formatAge(age)),
      };
    }
  }
}

/** Seconds are not shown: they would be outdated immediately. */
function uptimeText(age: Age): string {
  return age.unit === 'second' ? t('up < 1 min') : t('up {0}', formatDuration(age));
}

function runningAppearance({ health }: Container, up: string | undefined): ContainerAppearance {
  const text = up ?? t('running');
  const green = { name: 'circle-filled', color: 'charts.green' };
  if (health === undefined) return { icon: green, text };
  switch (health) {
    case 'healthy':
      return { icon: green, text, health: t('healthy') };
    case 'starting':
      return {
        icon: { name: 'color-mode', color: 'charts.yellow' },
        text,
        health: t('health: starting'),
      };
    case 'unhealthy':
      return {
        icon: { name: 'warning', color: 'charts.yellow' },
        text,
        health: t('unhealthy'),
      };
  }
}

function exitText({ id, exitCode }: Container, oomKilled: ReadonlySet<string>): string {
  if (exitCode === undefined) return t('exited');
  if (oomKilled.has(id)) return t('out of memory ({0})', exitCode);
  return exitCode === 137 ? t('killed ({0})', exitCode) : t('exited ({0})', exitCode);
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

/** Containers as child rows of a volume or network; `under` is the id of the parent row. */
export function memberItems(
  containers: readonly Container[],
  under: string,
): { readonly children?: readonly Item[]; readonly expanded?: boolean } {
  if (containers.length === 0) return {};
  const children = containers.map((container): Item => {
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
    };
  });
  return { children, expanded: false };
}
