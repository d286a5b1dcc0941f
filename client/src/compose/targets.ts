/** The projects and services that a command acts on: of files, of rows, or chosen ones. */
import path from 'node:path';
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { groupByKey } from '../explorer/grouping.ts';
import type { Choice } from '../ui/editor.ts';
import type { Files } from '../ui/tools.ts';
import { savedChoices } from './choices.ts';
import {
  containersOfProject,
  defaultFile,
  existsOnDisk,
  projectOfContainers,
  projectOfFiles,
  type ComposeProject,
} from './project.ts';
import type { ComposeTools } from './run-step.ts';

export interface ComposeTarget {
  readonly project: ComposeProject;
  /** Empty for all services. */
  readonly services: readonly string[];
  /** The containers of the project on the engine, or of these services. */
  readonly containers: readonly Container[];
}

/** None if the user cancels a question. */
export async function composeTargets(
  tools: ComposeTools,
  containers: readonly Container[],
  files: Files,
): Promise<readonly ComposeTarget[]> {
  if (files.paths.length > 0) {
    const target = await targetOfFiles(tools, files.paths);
    return target === undefined ? [] : [target];
  }
  if (containers.length === 0) {
    const target = await chosenTarget(tools);
    return target === undefined ? [] : [target];
  }
  const targets = await Promise.all(
    groupByKey(containers, ({ project }) => project).map(({ key, members }) =>
      targetOfRows(tools, members, files.groups?.includes(`project/${key ?? ''}`) === true),
    ),
  );
  return targets.filter((target) => target !== undefined);
}

/** A row of a container stands for its service, a group for its project. */
async function targetOfRows(
  tools: ComposeTools,
  members: readonly Container[],
  isWhole: boolean,
): Promise<ComposeTarget | undefined> {
  const project = await projectOfContainers(members, existsOnDisk);
  if (project === undefined) return undefined;
  const services = new Set(members.flatMap(({ service }) => service ?? []));
  return {
    project: withChoices(tools, project),
    services: isWhole ? [] : [...services].sort(),
    containers: members,
  };
}

async function targetOfFiles(
  tools: ComposeTools,
  paths: readonly string[],
): Promise<ComposeTarget | undefined> {
  const files = await withBase(tools, paths);
  if (files === undefined) return undefined;
  const project = await projectOfFiles(files, existsOnDisk);
  const all = await containersOf(tools);
  const containers = containersOfProject(all, project);
  const names = new Set(containers.flatMap((container) => container.project ?? []));
  const [name] = names;
  // The files can be used under several names; then Compose decides.
  const named =
    names.size === 1 && name !== undefined ? { ...project, title: name, name } : project;
  return {
    project: withChoices(tools, named),
    services: [],
    containers: names.size > 1 ? [] : containers,
  };
}

/** A file with another name is often an addition to the file that Compose finds in its folder. */
async function withBase(
  { editor }: ComposeTools,
  paths: readonly string[],
): Promise<readonly string[] | undefined> {
  const [only = ''] = paths;
  const base = await defaultFile(path.dirname(only), existsOnDisk);
  if (paths.length > 1 || base === undefined || base === only) return paths;
  const overrides = /\.override\.ya?ml$/.test(only);
  if (overrides) return [base, only];
  const names = [path.basename(base), path.basename(only)] as const;
  return editor.pick<readonly string[]>(t('Compose Files'), [
    { label: t('{0} with {1}', ...names), detail: t('Settings of {1} override those of {0}.', ...names), value: [base, only] }, // prettier-ignore
    { label: t('{0} alone', names[1]), value: [only] },
  ]);
}

/** Asks for a project of the engine or a file of the workspace. */
async function chosenTarget(tools: ComposeTools): Promise<ComposeTarget | undefined> {
  const [containers, files] = await Promise.all([
    containersOf(tools),
    tools.editor.findComposeFiles(),
  ]);
  const projects = groupByKey(containers, ({ project }) => project)
    .flatMap(({ key, members }) => (key === undefined ? [] : [{ name: key, members }]))
    .sort((one, other) => one.name.localeCompare(other.name));
  type Chosen = { readonly file: string } | { readonly members: readonly Container[] };
  const choices: readonly Choice<Chosen>[] = [
    ...projects.map(({ name, members }) => ({
      label: name,
      heading: t('Projects'),
      icon: 'layers',
      value: { members },
    })),
    ...files.map((file) => ({
      label: path.basename(file),
      description: shortFolder(tools, file),
      heading: t('Compose files'),
      icon: 'file',
      value: { file },
    })),
  ];
  if (choices.length === 0) {
    await tools.editor.showInformation(
      t('There is no Compose project on the engine and no Compose file in the workspace.'),
    );
    return undefined;
  }
  const chosen = await tools.editor.pick(t('Compose Project'), choices);
  if (chosen === undefined) return undefined;
  return 'file' in chosen
    ? targetOfFiles(tools, [chosen.file])
    : targetOfRows(tools, chosen.members, true);
}

function shortFolder({ editor }: ComposeTools, file: string): string {
  const folder = editor.workspaceFolderOf(file);
  return path.dirname(folder === undefined ? file : path.relative(path.dirname(folder), file));
}

/** None if the engine cannot be reached; Compose itself reports why. */
async function containersOf(tools: ComposeTools): Promise<readonly Container[]> {
  return tools
    .engine()
    .then((engine) => engine.containers())
    .catch(() => []);
}

/** Profiles and files of variables that were chosen before; those of existing containers take precedence. */
function withChoices({ editor }: ComposeTools, project: ComposeProject): ComposeProject {
  const { profiles, envFiles } = savedChoices(editor, project);
  return {
    ...project,
    profiles,
    envFiles: project.envFiles.length > 0 ? project.envFiles : envFiles,
  };
}
