/** Opens the form for a Dockerfile. */
import { readFile, stat } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import type { BuildFacts } from '../../../../contract/protocol.ts';
import { formPage } from '../../form/page.ts';
import { openForm } from '../../form/session.ts';
import { ageBetween, formatAge, formatDuration } from '../../ui/format.ts';
import { baseName, parentDirectory } from '../../ui/paths.ts';
import type { Tools } from '../../ui/tools.ts';
import { engineBuildKit } from '../limit-support.ts';
import { lastRun } from '../memory.ts';
import { writtenFile } from '../paths.ts';
import { builderOf, dockerfileOf, isRemote, sourceOf } from '../request.ts';
import type { BuildOrder } from '../start.ts';
import type { BuildSpec } from '../spec.ts';
import { saveBuildTask } from '../save-task.ts';
import { BuildForm } from './build-form.ts';
import { pathsToCheck } from './checks.ts';
import { LateFacts } from './late-facts.ts';
import type { EngineFacts, PathKind, World } from './world.ts';

export interface OpenedBuild extends BuildOrder {
  readonly key: NonNullable<BuildOrder['key']>;
  readonly defaults: BuildSpec;
  readonly tagSource?: string;
}

/** The command that shows what is sent to the builder, if this version has it. */
const contextCommand = 'dockerfile.build-context';

/** Opens the form; resolves when it is closed. `build` is called with the options, and the form closes. */
export async function openBuildForm(
  tools: Tools,
  opened: OpenedBuild,
  build: (order: BuildOrder) => void,
): Promise<void> {
  const { editor } = tools;
  const { spec, context, key, defaults, tagSource } = opened;
  const [engine, builders, canShowContext] = await Promise.all([
    engineFacts(tools),
    tools.builders?.(),
    editor.hasCommand(contextCommand),
  ]);
  const late = new LateFacts(tools);
  const world = async (current: BuildSpec): Promise<World> => {
    const facts = await dockerfileFacts(tools, current, context);
    if (engine !== undefined) late.askVersion(builderOf(current));
    const source = sourceOf(current, context);
    const contextSize =
      source.kind === 'directory'
        ? late.sizeOf(source.path, dockerfileOf(current, context))
        : undefined;
    return {
      context,
      defaults,
      paths: await pathKinds(pathsToCheck(current, context)),
      canShowContext,
      ...(tagSource !== undefined && { tagSource }),
      ...(facts && { facts }),
      ...(engine && { engine }),
      ...(builders && { builders }),
      versions: late.versions,
      ...(contextSize && { contextSize }),
    };
  };
  const form = new BuildForm({
    editor,
    spec,
    world,
    context,
    facts: () => pageFacts(tools, opened),
    act: async (action, current) => {
      if (action === 'task') await saveBuildTask(editor, current, context);
      if (action !== 'build') return false;
      build({ spec: current, context, key });
      return true;
    },
    late,
    showContext: (folder) => editor.runCommand(contextCommand, { file: key.dockerfile }, folder),
  });
  const title = t('Build {0}', baseName(key.dockerfile));
  await openForm(editor, { page: formPage('form'), title }, form);
}

function pageFacts({ editor }: Tools, { key, context }: OpenedBuild): readonly string[] {
  const { dockerfile, stage } = key;
  const folder = context.folder ?? parentDirectory(dockerfile);
  const last = lastRun(editor, key);
  return [
    writtenFile(folder, dockerfile),
    ...(stage === undefined ? [] : [t('stage {0}', stage)]),
    ...(last === undefined
      ? []
      : [
          t(
            'last built {0}, {1}',
            formatAge(ageBetween(last.endedAt, new Date())),
            formatDuration(ageBetween(new Date(0), new Date(last.milliseconds))),
          ),
        ]),
  ];
}

/** Facts of the Dockerfile that the options name; undefined if there is none on this machine. */
async function dockerfileFacts(
  tools: Tools,
  spec: BuildSpec,
  context: World['context'],
): Promise<BuildFacts | undefined> {
  if (isRemote(spec.context) || spec.context === '') return undefined;
  const path = dockerfileOf(spec, context);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : tools.buildFacts?.(path, text);
}

/** Graph drivers store one platform of an image; snapshotters of containerd store all. */
const graphDrivers = /^(?:overlay2?|vfs|aufs|devicemapper|windowsfilter)$/;

/** Undefined if no engine can be reached: the form can be filled in without one. */
async function engineFacts(tools: Tools): Promise<EngineFacts | undefined> {
  try {
    const engine = await tools.engine();
    const [engineVersion, { storageDriver }] = await Promise.all([engine.version(), engine.info()]);
    const { os, architecture, product, version } = engineVersion;
    const buildKit = engineBuildKit(undefined, engineVersion);
    return {
      ...(buildKit !== undefined && { buildKit }),
      platform: `${os}/${architecture}`,
      storesPlatforms: !graphDrivers.test(storageDriver),
      version: `${product === 'podman' ? 'Podman' : 'Docker'} ${/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? version}`,
    };
  } catch {
    return undefined;
  }
}

async function pathKinds(paths: readonly string[]): Promise<ReadonlyMap<string, PathKind>> {
  const all = await Promise.all(paths.map(async (path) => [path, await kindOf(path)] as const));
  return new Map(all);
}

async function kindOf(path: string): Promise<PathKind> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  return found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'other';
}
