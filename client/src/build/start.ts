/** Builds what a spec says: asks for secrets, saves the Dockerfile, and writes the files of the result. */
import { stat } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import type { BuildRequest } from '../../../contract/build.ts';
import { isSecret } from '../command-line/secrets.ts';
import { pairOf } from '../command-line/values.ts';
import { printWords, type LineContext } from '../command-line/words.ts';
import { EngineError } from '../engine/errors.ts';
import { contextKey } from '../ui/past-builds.ts';
import { baseName, parentDirectory } from '../ui/paths.ts';
import type { Editor } from '../ui/editor.ts';
import type { Tools } from '../ui/tools.ts';
import { rememberBuild, rememberRun, withoutSecrets, type BuildKey } from './memory.ts';
import {
  engineBuildKit,
  ignoredLimits,
  requiredVersion,
  withClassicBuilder,
} from './limit-support.ts';
import { limitOptions } from './options/limits.ts';
import type { OptionName } from './options/table.ts';
import { lineOfSpec, optionWords } from './print.ts';
import {
  builderOf,
  contextOf,
  contextTrouble,
  isClassic,
  optionsWithoutEffect,
  requestOf,
  resultFiles,
} from './request.ts';
import { writeResultFiles } from './result-files.ts';
import { runBuild, type BuildResult } from './run-build.ts';
import { givenOptions, valuesOf, withValues, type BuildSpec } from './spec.ts';

export interface BuildOrder {
  readonly spec: BuildSpec;
  /** The folder that the command is run in, and the variables that it can use. */
  readonly context: LineContext;
  /** What is remembered of the build; absent for a build that is not of one Dockerfile. */
  readonly key?: BuildKey;
  /** Another command continues with the image, so no message offers what to do with it. */
  readonly quiet?: true;
}

export interface BuiltImage {
  /** The first tag, or the name of the Dockerfile. */
  readonly title: string;
  /** The first tag, or the id; absent if the result is not an image of the engine. */
  readonly reference?: string;
  readonly milliseconds: number;
}

/** Builds; undefined if the user cancels a question or runs the command in a terminal. Rejects with EngineError. */
export async function buildSpec(tools: Tools, order: BuildOrder): Promise<BuiltImage | undefined> {
  const { editor } = tools;
  const { key } = order;
  const isBuild = contextTrouble(order.spec) === undefined;
  const spec = isBuild ? await withEffect(tools, order) : order.spec;
  if (spec === undefined) return undefined;
  const prepared = await prepareBuild(editor, { ...order, spec });
  if (prepared === undefined) return undefined;
  const { request } = prepared;
  if (key !== undefined) await rememberBuild(editor, key, isClassic(spec) ? spec : order.spec);
  if (request.context.kind === 'directory')
    await editor.setState(contextKey(request.dockerfile), request.context.path);
  const title = request.tags[0] ?? baseName(request.dockerfile);
  const line = lineOfSpec(withoutSecrets(spec));
  const { quiet, ...repeated } = { ...order, spec };
  const again = (): Promise<unknown> => buildSpec(tools, repeated);
  const start = { request, title, line, again, ...(quiet && { quiet }) };
  const result = await runBuild(tools, start);
  if (result === undefined) return undefined;
  const { milliseconds } = result;
  if (key !== undefined) await rememberRun(editor, key, { endedAt: new Date(), milliseconds });
  await writeResults({ ...order, spec }, { request, result });
  const reference = request.outputs === undefined ? (request.tags[0] ?? result.imageId) : undefined;
  return { title, milliseconds, ...(reference !== undefined && { reference }) };
}

/**
 * What the builder is given, after questions for secrets and after the Dockerfile was saved. Undefined if the user cancels.
 * Rejects with EngineError.
 */
export async function prepareBuild(
  editor: Editor,
  order: BuildOrder,
): Promise<{ readonly request: BuildRequest } | undefined> {
  const trouble = contextTrouble(order.spec);
  if (trouble !== undefined) throw new EngineError('failed', trouble);
  const answered = await withAnswers(editor, order);
  if (answered === undefined) return undefined;
  const request = await withExistingFile(answered);
  if (request.context.kind === 'directory') await editor.saveDocument(request.dockerfile);
  return { request };
}

/** Names the options that cannot take effect, and asks what to do. Resolves to the build, or undefined if the user cancels. */
async function withEffect(
  tools: Tools,
  { spec, context }: BuildOrder,
): Promise<BuildSpec | undefined> {
  const { editor } = tools;
  const limits = await limitsWithoutEffect(tools, spec);
  const names = [
    ...optionsWithoutEffect(spec),
    ...limits.map((name) => printWords(optionWords(spec, name))),
  ];
  if (names.length === 0) return spec;
  const classic = limits.length === names.length ? withClassicBuilder(spec) : undefined;
  const [without, terminal, other] = [
    names.length === 1 ? t('Build Without It') : t('Build Without Them'),
    t('Insert into Terminal'),
    t('Use Classic Builder'),
  ];
  const pressed = await editor.chooseButton(
    names.length === 1
      ? t('Drydock cannot carry out {0}.', names[0] ?? '')
      : t('Drydock cannot carry out some options of this command.'),
    [
      ...(names.length === 1 ? [] : [names.join('\n')]),
      limits.length === 0
        ? t('The docker command in a terminal can.')
        : t('Limits of memory and CPU require BuildKit {0} or the classic builder.', requiredVersion('memory')), // prettier-ignore
    ].join('\n\n'),
    ...(classic === undefined ? [] : [other]),
    without,
    terminal,
  );
  if (pressed === terminal) {
    const shell = editor.platform === 'windows' ? 'powershell' : 'posix';
    editor.typeInTerminal(lineOfSpec(spec, shell), context.folder);
  }
  if (pressed === other) return classic;
  if (pressed !== without) return undefined;
  return limits.reduce((rest, name) => withValues(rest, name, []), spec);
}

/** Limits of memory and CPU that the builder ignores. Others, which older engines ignore too, are a warning of the build. */
async function limitsWithoutEffect(tools: Tools, spec: BuildSpec): Promise<readonly OptionName[]> {
  const isAsked = (name: OptionName) => resourceNames.includes(name);
  if (!givenOptions(spec).some(isAsked) || isClassic(spec)) return [];
  const builder = builderOf(spec);
  const signal = AbortSignal.timeout(longestQuestion);
  try {
    const engine = await tools.engine();
    const [reported, own] = await Promise.all([
      engine.builderVersion(builder === '' ? undefined : builder, signal),
      engine.version(),
    ]);
    const version = builder === '' ? engineBuildKit(reported, own) : reported;
    return ignoredLimits(spec, version).filter(isAsked);
  } catch {
    // The build itself says why the engine or the builder cannot be reached.
    return [];
  }
}

const resourceNames = Object.keys(limitOptions).filter((name) => name !== 'cgroup-parent');

/** Milliseconds that a builder is waited for before the question. */
const longestQuestion = 10_000;

/** The request with the values that are never stored; undefined if the user cancels. */
async function withAnswers(
  editor: Editor,
  { spec, context }: BuildOrder,
): Promise<BuildRequest | undefined> {
  const { variables } = contextOf(spec, context);
  const asked: string[] = [];
  for (const value of valuesOf(spec, 'build-arg')) {
    const [name, given] = pairOf(value);
    if (given !== undefined || variables[name] !== undefined || !isSecret(name)) {
      asked.push(value);
      continue;
    }
    const answer = await editor.ask(t('Build argument {0}', name), {
      secret: true,
      prompt: t('The value is not stored. Anyone with the image can read build arguments.'),
    });
    if (answer === undefined) return undefined;
    asked.push(`${name}=${answer}`);
  }
  const request = requestOf(withValues(spec, 'build-arg', asked), context);
  const secrets: (typeof request.secrets & object)[number][] = [];
  for (const secret of request.secrets ?? []) {
    const { id, from } = secret;
    if (from.kind !== 'env' || variables[from.name] !== undefined) {
      secrets.push(secret);
      continue;
    }
    const value = await editor.ask(t('Secret {0}', id), {
      secret: true,
      prompt: t('The value is only used for this build and is never stored.'),
    });
    if (value === undefined) return undefined;
    secrets.push({ id, from: { kind: 'value', value } });
  }
  return secrets.length === 0 ? request : { ...request, secrets };
}

/** Docker also accepts `dockerfile` where there is no `Dockerfile`. Rejects if a local file or folder is missing. */
async function withExistingFile(request: BuildRequest): Promise<BuildRequest> {
  const { context, dockerfile } = request;
  if (context.kind === 'remote') return request;
  if (!(await exists(context.path))) {
    throw new EngineError('failed', t('{0} does not exist.', context.path));
  }
  if (await exists(dockerfile)) return request;
  const lower = `${parentDirectory(dockerfile)}/dockerfile`;
  if (baseName(dockerfile) === 'Dockerfile' && (await exists(lower))) {
    return { ...request, dockerfile: lower };
  }
  throw new EngineError('failed', t('{0} does not exist.', dockerfile));
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Writes the files of --iidfile and --metadata-file, as buildx does. Rejects with EngineError. */
export async function writeResults(
  { spec, context }: BuildOrder,
  { request, result }: { readonly request: BuildRequest; readonly result: BuildResult },
): Promise<void> {
  const { imageId } = result;
  const image = imageId === undefined ? undefined : { id: imageId };
  await writeResultFiles(resultFiles(spec, context), request, image);
}
