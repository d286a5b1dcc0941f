/** Names of containers in the page of a log. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { formatNamesOf } from '../ui/name-list.ts';
import type { Lane } from './lane.ts';

/** The compose project if all containers belong to the same one. */
export function projectOf(containers: readonly Container[]): string | undefined {
  const [project, ...others] = new Set(containers.map((one) => one.project));
  return others.length === 0 && containers.length > 1 ? project : undefined;
}

/** What the page is about: a project, or names of containers. */
export function logName(containers: readonly Container[]): string {
  return projectOf(containers) ?? formatNamesOf(containers);
}

/** The services of a project, as long as they are different; else the names. */
export function laneNames(lanes: readonly Lane[]): readonly string[] {
  const containers = lanes.map(({ container }) => container);
  const services = containers.map(({ service }) => service);
  const isProject = projectOf(containers) !== undefined && new Set(services).size === lanes.length;
  return containers.map(({ name, service }) => (isProject ? (service ?? name) : name));
}

/** Such as `running` or `exited (0)`. */
export function laneState({ isUp, isRemoved, wasStarted, exitCode, container }: Lane): string {
  if (isRemoved) return t('removed');
  if (isUp) return container.state === 'paused' ? t('paused') : t('running');
  if (!wasStarted) return t('created');
  return exitCode === undefined ? t('exited') : t('exited ({0})', exitCode);
}

/** `shop · 5 of 5 running`, or the state of the only container. */
export function factsOf(lanes: readonly Lane[], containers: readonly Container[]): string {
  const [only] = lanes;
  if (lanes.length === 1 && only !== undefined) return laneState(only);
  const running = lanes.filter(({ isUp }) => isUp).length;
  const counts = t('{0} of {1} running', running, lanes.length);
  const project = projectOf(containers);
  return project === undefined ? counts : `${project} · ${counts}`;
}
