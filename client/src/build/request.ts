/** Spec → what the builder is given. */
import { t } from '@vscode/l10n';
import type { BuildLimits, BuildRequest, ContextSource } from '../../../contract/build.ts';
import { fullPath } from '../command-line/paths.ts';
import type { LineContext } from '../command-line/words.ts';
import { isOn, type Part } from './options/option.ts';
import { table } from './options/table.ts';
import { optionWords } from './print.ts';
import { builderWord, disablesBuildKit, engineWords, variablesOf } from './program.ts';
import { givenOptions, valueOf, valuesOf, type BuildSpec } from './spec.ts';
import { printWords } from '../command-line/words.ts';

/** Where the command runs: its own directory and variables count. */
export function contextOf(spec: BuildSpec, context: LineContext): LineContext {
  return {
    ...context,
    folder: spec.directory ?? context.folder,
    variables: { ...context.variables, ...variablesOf(spec.program) },
  };
}

/** The directory of the build, absolute, or the address that the builder reads. */
export function sourceOf(spec: BuildSpec, context: LineContext): ContextSource {
  return isRemote(spec.context)
    ? { kind: 'remote', address: spec.context }
    : { kind: 'directory', path: fullPath(spec.context, contextOf(spec, context)) };
}

/** Whether docker takes it as the address of a repository or an archive. */
export function isRemote(context: string): boolean {
  return /^(?:(?:https?|git|ssh):\/\/|git@|github\.com\/)/i.test(context);
}

/** The path of the Dockerfile; for a remote context the path in it. */
export function dockerfileOf(spec: BuildSpec, context: LineContext): string {
  const source = sourceOf(spec, context);
  const file = valueOf(spec, 'file') ?? '';
  if (source.kind === 'remote') return file === '' ? 'Dockerfile' : file;
  return file === ''
    ? fullPath('Dockerfile', { ...context, folder: source.path })
    : fullPath(file, contextOf(spec, context));
}

/** The request. A secret of a variable that is not set must be asked for before the build. */
export function requestOf(spec: BuildSpec, context: LineContext): BuildRequest {
  const here = contextOf(spec, context);
  const own = variablesOf(spec.program);
  const parts = givenOptions(spec).map(
    (name) => table[name].write?.(valuesOf(spec, name), here) ?? {},
  );
  const merged = Object.assign({ tags: [] }, ...parts) as Pick<BuildRequest, 'tags'> & Part;
  const { secrets, outputs } = merged;
  const attributes = Object.assign(
    {},
    ...parts.map(({ frontendAttributes }) => frontendAttributes),
  ) as Record<string, string>;
  const limits = Object.assign({}, ...parts.map((part) => part.limits)) as BuildLimits;
  const builder = builderOf(spec);
  const loads = isOn(valuesOf(spec, 'load')) && outputs !== undefined;
  return {
    ...merged,
    ...(builder !== '' && { builder }),
    ...(isClassic(spec) && { classicBuilder: true }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(loads && { outputs: [...outputs, { type: 'docker', attributes: {} }] }),
    ...(Object.keys(attributes).length > 0 && { frontendAttributes: attributes }),
    ...(secrets !== undefined && {
      // The process of the extension does not have the variables of the command.
      secrets: secrets.map(({ id, from }) => {
        const value = from.kind === 'env' ? own[from.name] : undefined;
        return { id, from: value === undefined ? from : ({ kind: 'value', value } as const) };
      }),
    }),
    context: sourceOf(spec, context),
    dockerfile: dockerfileOf(spec, context),
  };
}

/** The builder that the command names; empty for the engine of this window. */
export function builderOf(spec: BuildSpec): string {
  const name = valueOf(spec, 'builder') ?? builderWord(spec.program) ?? '';
  return name === 'default' ? '' : name;
}

/** Whether the command builds without BuildKit: docker buildx always uses it, and so does a builder. */
export function isClassic(spec: BuildSpec): boolean {
  return disablesBuildKit(spec.program) && builderOf(spec) === '';
}

/** Files that are written after the build. */
export interface ResultFiles {
  readonly imageId?: string;
  readonly metadata?: string;
}

export function resultFiles(spec: BuildSpec, context: LineContext): ResultFiles {
  const here = contextOf(spec, context);
  const [imageId, metadata] = [valueOf(spec, 'iidfile'), valueOf(spec, 'metadata-file')];
  return {
    ...(imageId !== undefined && imageId !== '' && { imageId: fullPath(imageId, here) }),
    ...(metadata !== undefined && metadata !== '' && { metadata: fullPath(metadata, here) }),
  };
}

/** Options that a build from here does not carry out, as they are written. */
export function optionsWithoutEffect(spec: BuildSpec): readonly string[] {
  const known = givenOptions(spec).filter((name) => {
    const { printing, write, hasEffect } = table[name];
    const values = valuesOf(spec, name);
    if (printing === true) return false;
    return hasEffect === undefined ? write === undefined && name !== 'file' : !hasEffect(values);
  });
  return [
    ...engineWords(spec.program),
    ...known.map((name) => printWords(optionWords(spec, name))),
    ...spec.unknown.map((words) => printWords(words)),
  ];
}

/** Why this cannot be built at all; undefined if it can. */
export function contextTrouble(spec: BuildSpec): string | undefined {
  if (spec.context === '') return t('No build context is specified');
  if (spec.context === '-') {
    return t(
      '`-` reads the context from standard input, which only a terminal has; select a folder',
    );
  }
  return valueOf(spec, 'file') === '-'
    ? t('`-f -` reads the Dockerfile from standard input, which only a terminal has; select a file')
    : undefined;
}
