/** What Compose is asked to do, as arguments. */
import { t } from '@vscode/l10n';

/** A subcommand with its arguments, and how it is named. */
export interface Step {
  /** The name of its terminal, after that of the project: `up`. */
  readonly verb: string;
  /** The subcommand with its options, without services. */
  readonly words: readonly string[];
  /** Empty for all services. */
  readonly services: readonly string[];
  /** The title of the progress: `Starting shop`. */
  readonly progress: (title: string) => string;
  /** The beginning of the error: `Could not start shop`. */
  readonly failure: (title: string) => string;
  /** Works without Compose files, by the labels of the containers. */
  readonly needsNoFiles?: true;
  /** Must not be repeated without a question. */
  readonly once?: true;
}

export interface UpOptions {
  readonly build?: boolean;
  readonly recreate?: boolean;
  readonly pull?: boolean;
  readonly removeOrphans?: boolean;
}

const started: Pick<Step, 'progress' | 'failure'> = {
  progress: (title) => t('Starting {0}', title),
  failure: (title) => t('Could not start {0}', title),
};

export function upStep(services: readonly string[], options: UpOptions = {}): Step {
  const { build = false, recreate = false, pull = false, removeOrphans = false } = options;
  const words = [
    ...['up', '--detach'],
    ...(build ? ['--build'] : []),
    ...(recreate ? ['--force-recreate'] : []),
    ...(pull ? ['--pull', 'always'] : []),
    ...(removeOrphans ? ['--remove-orphans'] : []),
  ];
  return { verb: 'up', words, services, ...started };
}

/** Only the number of containers of this service is changed. */
export function scaleStep(service: string, count: number): Step {
  const words = ['up', '--detach', '--no-deps', '--no-recreate', '--scale', `${service}=${count}`];
  return {
    verb: 'scale',
    words,
    services: [service],
    progress: (title) => t('Scaling {0}', title),
    failure: (title) => t('Could not scale {0}', title),
  };
}

/** Removes containers and networks; of some services, only their containers. */
export function downStep(services: readonly string[], removeVolumes: boolean): Step {
  const isAll = services.length === 0;
  return {
    verb: 'down',
    words: isAll
      ? ['down', ...(removeVolumes ? ['--volumes'] : [])]
      : ['rm', '--stop', '--force', ...(removeVolumes ? ['-v'] : [])],
    services,
    progress: (title) => t('Taking down {0}', title),
    failure: (title) => t('Could not take down {0}', title),
    needsNoFiles: true,
    once: true,
  };
}

export function pullStep(services: readonly string[]): Step {
  return {
    verb: 'pull',
    words: ['pull'],
    services,
    progress: (title) => t('Pulling images of {0}', title),
    failure: (title) => t('Could not pull the images of {0}', title),
  };
}

export function buildStep(services: readonly string[]): Step {
  return {
    verb: 'build',
    words: ['build'],
    services,
    progress: (title) => t('Building {0}', title),
    failure: (title) => t('Could not build {0}', title),
  };
}

export function restartStep(services: readonly string[]): Step {
  return {
    verb: 'restart',
    words: ['restart'],
    services,
    progress: (title) => t('Restarting {0}', title),
    failure: (title) => t('Could not restart {0}', title),
    needsNoFiles: true,
  };
}

/** Before version 2.20, Compose takes it for the name of a profile, which has no effect. */
export const everyProfile = '*';

/** All arguments of Compose; names of services come from files, and must not be read as options. */
export function stepArguments(
  { verb, words, services }: Step,
  project: readonly string[],
): readonly string[] {
  // Otherwise, containers of services with profiles would remain, and could not be named.
  const isEverything = services.length > 0 || verb === 'down' || verb === 'restart';
  const everything = isEverything ? ['--profile', everyProfile] : [];
  const names = services.length === 0 ? [] : ['--', ...services];
  return [...project, ...everything, ...words, ...names];
}
