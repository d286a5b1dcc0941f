/** How a container looks: its state as an icon, a colour and words. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { ageIn, ago, duration, imageName, joined, later, type Age } from '../ui/format.ts';
import type { Item } from './item.ts';

export interface Look {
  readonly icon: NonNullable<Item['icon']>;
  /** The state in words, with its time. */
  readonly words: string;
  readonly health?: string;
}

/** `starved` holds the ids of those that the kernel killed for want of memory; `passed` is in milliseconds. */
export function lookOf(
  container: Container,
  { starved, passed }: { readonly starved: ReadonlySet<string>; readonly passed: number },
): Look {
  const told = ageIn(container.status);
  const age = told && later(told, passed);
  switch (container.state) {
    case 'running':
      return runningLook(container, age && upFor(age));
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

/** Seconds would be wrong as soon as they are read. */
function upFor(age: Age): string {
  return age.unit === 'second' ? t('up < 1 min') : t('up {0}', duration(age));
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

export function isUp({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** Ended or stands so that someone should look: not what was stopped or interrupted on purpose. */
export function isWrong(
  { id, state, health, exitCode }: Container,
  starved: ReadonlySet<string>,
): boolean {
  if (state === 'dead' || state === 'restarting' || starved.has(id)) return true;
  if (state === 'running') return health === 'unhealthy';
  return state === 'exited' && ![undefined, 0, 130, 137, 143].includes(exitCode);
}

/** What decides which commands it is offered. */
export function traitsOf({ state, health, ports }: Container): readonly string[] {
  const published = ports.some(({ host, protocol }) => host !== undefined && protocol === 'tcp');
  return [state, ...(health === undefined ? [] : [health]), ...(published ? ['published'] : [])];
}

/** Containers as rows under what they use; `under` is the id of that row. */
export function memberItems(
  containers: readonly Container[],
  under: string,
): { readonly children?: readonly Item[]; readonly expanded?: boolean } {
  if (containers.length === 0) return {};
  const children = containers.map((container): Item => {
    // Without a time, which would go stale here.
    const { icon } = lookOf(container, { starved: new Set(), passed: 0 });
    const { id, name, image } = container;
    const description = joined(imageName(image), isUp(container) ? undefined : t('not running'));
    return {
      id: `${under}/container/${id}`,
      label: name,
      description,
      icon,
      spoken: joined(name, description).replaceAll(' · ', ', '),
      subject: { kind: 'container', value: container },
      traits: traitsOf(container),
    };
  });
  return { children, expanded: false };
}
