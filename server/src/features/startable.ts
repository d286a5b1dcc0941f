/** Programs and files that a stage can start: from its image, its packages, and copied files. */
import type { Model, Stage } from '../model/model.ts';
import { officialName } from '../images/releases.ts';
import { installOf } from '../programs/install.ts';
import { startCommands, type StartCommand } from '../reference/start-commands.ts';
import type { Instruction } from '../syntax/tree.ts';
import { lineage, rootImage } from '../model/lineage.ts';
import { pathsOf } from './stage-paths.ts';

export interface Startable {
  /** By image and installed packages, most likely first. */
  readonly commands: readonly StartCommand[];
  /** Known files of the stage, relative to its working directory if inside it. */
  readonly files: readonly string[];
  /** Those that can be executed: scripts, and files in program directories. */
  readonly executables: readonly string[];
}

export function startable(model: Model, instruction: Instruction): Startable {
  const stage = model.stageOf(instruction);
  const { workdir } = model.stateAt(instruction);
  const paths = pathsOf(model, stage, instruction.span.start).filter((path) => !path.endsWith('/'));
  const prefix = workdir === undefined ? undefined : `${workdir.replace(/\/$/, '')}/`;
  return {
    commands: startCommandsOf(model, stage, instruction),
    files: paths.map((path) =>
      prefix !== undefined && path.startsWith(prefix) ? path.slice(prefix.length) : path,
    ),
    executables: paths.filter((path) => /\/s?bin\/[^/]+$|\.sh$|^\/[\w-]+$|entrypoint/.test(path)),
  };
}

function startCommandsOf(
  model: Model,
  stage: Stage | undefined,
  { span }: Instruction,
): readonly StartCommand[] {
  const root = rootImage(stage);
  if (root === undefined) return [];
  const image = officialName(root) ?? root.repository;
  const stages = new Set(lineage(stage));
  const installed = new Set<string>();
  for (const { command, stage: at, run } of model.commands()) {
    if (at === undefined || !stages.has(at) || run.span.start >= span.start) continue;
    for (const { name } of installOf(command)?.packages ?? []) installed.add(name);
  }
  const byPackage = startCommands.filter(({ packages }) =>
    packages.some((one) => installed.has(one)),
  );
  const byImage = startCommands.filter(({ images }) => images.includes(image));
  const shell = /distroless|scratch/.test(root.repository)
    ? []
    : startCommands.filter(({ argv: [program] }) => program === 'sh');
  return [...new Set([...byPackage, ...byImage, ...shell])];
}
