/** The commands for Compose projects. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { formatNames } from '../ui/name-list.ts';
import type { Files } from '../ui/tools.ts';
import { saveChoices } from './choices.ts';
import type { ComposeProject } from './project.ts';
import { reasonOf } from './reason.ts';
import { compose, configNames, runStep, type ComposeCall, type ComposeTools } from './run-step.ts';
import {
  buildStep,
  downStep,
  everyProfile,
  pullStep,
  restartStep,
  scaleStep,
  upStep,
  type Step,
  type UpOptions,
} from './steps.ts';
import { composeTargets, type ComposeTarget } from './targets.ts';

export interface ComposeSubjects {
  readonly containers: readonly Container[];
  readonly files: Files;
}

const simpleSteps = { up: upStep, pull: pullStep, build: buildStep, restart: restartStep } as const;

/** Runs a step that asks nothing, on each project. */
export async function composeStep(
  tools: ComposeTools,
  verb: keyof typeof simpleSteps,
  { containers, files }: ComposeSubjects,
): Promise<void> {
  for (const { project, services } of await composeTargets(tools, containers, files)) {
    await runStep(tools, project, simpleSteps[verb](services));
  }
}

/** Asks first; volumes are removed only if the user chooses it and confirms it again. */
export async function composeDown(
  tools: ComposeTools,
  { containers, files }: ComposeSubjects,
): Promise<void> {
  for (const target of await composeTargets(tools, containers, files)) {
    const answer = await askForRemoval(tools, target);
    if (answer === undefined) return;
    await runStep(tools, target.project, downStep(target.services, answer.withVolumes));
  }
}

async function askForRemoval(
  tools: ComposeTools,
  { project, services, containers }: ComposeTarget,
): Promise<{ readonly withVolumes: boolean } | undefined> {
  const { editor } = tools;
  const isAll = services.length === 0;
  const question = isAll
    ? t('Take down {0}?', project.title)
    : t('Remove the containers of {0} in {1}?', formatNames(services), project.title);
  const detail = isAll
    ? t(
        'Its containers with the files in them, and its networks, will be removed. Volumes are kept.',
      )
    : t('Files written inside the containers will be deleted. Volumes are kept.');
  const volumes = isAll ? await volumesOf(tools, project, containers) : [];
  const down = isAll ? t('Down') : t('Remove');
  if (volumes.length === 0) {
    return (await editor.confirm(question, detail, down)) ? { withVolumes: false } : undefined;
  }
  const withVolumes = t('Down and Remove Volumes…');
  const answer = await editor.chooseButton(question, detail, down, withVolumes);
  if (answer === undefined) return undefined;
  if (answer === down) return { withVolumes: false };
  const confirmed = await editor.confirm(
    volumes.length === 1
      ? t('Also remove the volume of {0}: {1}?', project.title, formatNames(volumes))
      : t('Also remove {0} volumes of {1}: {2}?', volumes.length, project.title, formatNames(volumes)), // prettier-ignore
    t('All files in them will be deleted. This cannot be undone.'),
    t('Down and Remove Volumes'),
  );
  return confirmed ? { withVolumes: true } : undefined;
}

/** The names of the volumes that belong to the project, anonymous ones shortened. */
async function volumesOf(
  tools: ComposeTools,
  { name }: ComposeProject,
  containers: readonly Container[],
): Promise<readonly string[]> {
  if (name === undefined) return [];
  const volumes = await tools
    .engine()
    .then((engine) => engine.volumes())
    .catch(() => []);
  const own = volumes.filter(({ project }) => project === name).map((volume) => volume.name);
  const anonymous = containers
    .flatMap((container) => container.volumes)
    .filter((volume) => /^[0-9a-f]{64}$/.test(volume))
    .map((volume) => volume.slice(0, 12));
  return [...new Set([...own, ...anonymous])];
}

/** Asks for a service unless there is only one, and for the number of its containers. */
export async function composeScale(
  tools: ComposeTools,
  { containers, files }: ComposeSubjects,
): Promise<void> {
  const [target] = await composeTargets(tools, containers, files);
  if (target === undefined) return;
  const { project } = target;
  const service = await chooseService(tools, target);
  if (service === undefined) return;
  const present = target.containers.filter((one) => one.service === service).length;
  const answer = await tools.editor.ask(t('Scale {0}', service), {
    prompt: t('Number of containers'),
    value: String(present),
    check: (text) =>
      /^\d{1,3}$/.test(text.trim()) ? undefined : t('Enter a number from 0 to 999.'),
  });
  if (answer === undefined) return;
  await runStep(tools, { ...project, title: service }, scaleStep(service, Number(answer)));
}

async function chooseService(
  tools: ComposeTools,
  { project, services }: ComposeTarget,
): Promise<string | undefined> {
  const [only] = services;
  if (services.length === 1) return only;
  const names = services.length > 1 ? services : await allServices(tools, project);
  if (names === undefined) return undefined;
  return tools.editor.pick(
    t('Scale Service of {0}', project.title),
    names.map((name) => ({ label: name, value: name })),
  );
}

/** Asks for services of the project, and for what to do with them. */
export async function composeServices(
  tools: ComposeTools,
  { containers, files }: ComposeSubjects,
): Promise<readonly Container[]> {
  const [target] = await composeTargets(tools, containers, files);
  if (target === undefined) return [];
  const names = await allServices(tools, target.project);
  if (names === undefined) return [];
  const chosen = await tools.editor.pickSome(
    t('Services of {0}', target.project.title),
    names.map((name) => ({ label: name, value: name })),
  );
  if (chosen === undefined || chosen.length === 0) return [];
  const of = target.containers.filter(({ service = '' }) => chosen.includes(service));
  const title = formatNames(chosen);
  const step = await tools.editor.pick<Step | 'logs' | 'down'>(title, [
    { label: t('Up'), icon: 'play', value: upStep(chosen) },
    ...(of.length === 0
      ? []
      : [
          { label: t('Logs'), icon: 'output', value: 'logs' as const },
          { label: t('Restart'), icon: 'debug-restart', value: restartStep(chosen) },
          { label: t('Remove Containers…'), icon: 'trash', value: 'down' as const },
        ]),
    { label: t('Pull'), icon: 'cloud-download', value: pullStep(chosen) },
    { label: t('Build'), icon: 'package', value: buildStep(chosen) },
  ]);
  if (step === 'logs') return of;
  if (step === 'down') {
    const answer = await askForRemoval(tools, { ...target, services: chosen, containers: of });
    if (answer !== undefined) await runStep(tools, target.project, downStep(chosen, false));
  } else if (step !== undefined) {
    await runStep(tools, target.project, step);
  }
  return [];
}

/** The names of all services, those of all profiles included. */
async function allServices(
  tools: ComposeTools,
  project: ComposeProject,
): Promise<readonly string[] | undefined> {
  const call = await compose(tools);
  return call && servicesOf(tools, { ...project, profiles: [everyProfile] }, call);
}

/** The names of the services with the profiles of the project; undefined after showing why they are not known. */
async function servicesOf(
  tools: ComposeTools,
  project: ComposeProject,
  call: ComposeCall,
): Promise<readonly string[] | undefined> {
  const names = await configNames(call, project, '--services');
  if ('code' in names) {
    await tools.editor.showError(
      t('Could not read the Compose files of {0}: {1}', project.title, reasonOf(names.errors, [])),
    );
    return undefined;
  }
  return names;
}

/** Asks for profiles, services, files of variables and options; the profiles and files are remembered. */
export async function composeUpWithOptions(
  tools: ComposeTools,
  { containers, files }: ComposeSubjects,
): Promise<void> {
  const [target] = await composeTargets(tools, containers, files);
  const call = target && (await compose(tools));
  if (target === undefined || call === undefined) return;
  const envFiles = await chooseEnvFiles(tools, target.project);
  if (envFiles === undefined) return;
  const withFiles = { ...target.project, envFiles };
  const profiles = await chooseProfiles(tools, withFiles, call);
  if (profiles === undefined) return;
  const project = { ...withFiles, profiles };
  const names = await servicesOf(tools, project, call);
  if (names === undefined) return;
  const { editor } = tools;
  const services = await editor.pickMany(
    t('Compose Up {0}: Services', project.title),
    names.map((name) => ({ label: name, value: name, picked: target.services.length === 0 || target.services.includes(name) })), // prettier-ignore
  );
  if (services === undefined || services.length === 0) return;
  const options = await chooseOptions(tools, project);
  if (options === undefined) return;
  await saveChoices(editor, target.project, { profiles, envFiles });
  const isAll = services.length === names.length;
  await runStep(tools, project, upStep(isAll ? [] : services, options));
}

/** Files such as `.env.production` beside the Compose file; no question if there is only the one that Compose reads itself. */
async function chooseEnvFiles(
  { editor }: ComposeTools,
  { title, folder, envFiles }: ComposeProject,
): Promise<readonly string[] | undefined> {
  const names = await readdir(folder).catch(() => []);
  const found = names.filter((name) => /^\.env(?:\..+)?$|.\.env$/.test(name)).sort();
  if (found.every((name) => name === '.env')) return envFiles;
  return editor.pickMany(
    t('Compose Up {0}: Files with Variables', title),
    found.map((name) => {
      const file = path.join(folder, name);
      const picked = envFiles.length === 0 ? name === '.env' : envFiles.includes(file);
      return { label: name, value: file, picked };
    }),
  );
}

async function chooseProfiles(
  { editor }: ComposeTools,
  project: ComposeProject,
  call: ComposeCall,
): Promise<readonly string[] | undefined> {
  const names = await configNames(call, { ...project, profiles: [] }, '--profiles');
  if ('code' in names || names.length === 0) return [];
  return editor.pickMany(
    t('Compose Up {0}: Profiles', project.title),
    names.map((name) => ({ label: name, value: name, picked: project.profiles.includes(name) })),
  );
}

const pullAlways = '--pull always';

async function chooseOptions(
  { editor }: ComposeTools,
  { title }: ComposeProject,
): Promise<UpOptions | undefined> {
  const chosen = await editor.pickMany<keyof UpOptions>(t('Compose Up {0}: Options', title), [
    { label: t('Build images first'), description: '--build', value: 'build' },
    { label: t('Pull newer images first'), description: pullAlways, value: 'pull' },
    { label: t('Recreate all containers'), description: '--force-recreate', value: 'recreate' },
    { label: t('Remove containers of services that no longer exist'), description: '--remove-orphans', value: 'removeOrphans' }, // prettier-ignore
  ]);
  return chosen && Object.fromEntries(chosen.map((name) => [name, true]));
}

/** The containers whose logs are shown; says so if there are none. */
export async function containersForLogs(
  tools: ComposeTools,
  { containers, files }: ComposeSubjects,
): Promise<readonly Container[]> {
  const targets = await composeTargets(tools, containers, files);
  const found = targets.flatMap((target) => target.containers);
  const [first] = targets;
  if (first === undefined || found.length > 0) return found;
  const up = t('Compose Up');
  const message = t('{0} has no containers.', first.project.title);
  if ((await tools.editor.showInformation(message, up)) === up) {
    await runStep(tools, first.project, upStep([]));
  }
  return [];
}
