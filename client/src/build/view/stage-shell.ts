/** A shell in the stage of a step that failed, in its state before that step. */
import { t } from '@vscode/l10n';
import type { BuildRequest } from '../../../../contract/build.ts';
import type { CreateRequest } from '../../engine/container-config.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { findShell, openTemporaryShell, terminalBody } from '../../shell/temporary-shell.ts';
import { attempt } from '../../ui/attempt.ts';
import { shortId } from '../../ui/format.ts';
import { baseName } from '../../ui/paths.ts';
import type { Tools } from '../../ui/tools.ts';
import type { BuildRun } from './build-run.ts';

/** What is built again. */
interface StageBefore {
  /** Line of the failed instruction, from 1. */
  readonly line: number;
  readonly request: BuildRequest;
}

/**
 * The build of the stage without the failed instruction and everything after it; undefined if it cannot be built: the
 * instruction or the text is not known, FROM itself failed, another program has built with options that are not known, or for
 * several platforms.
 */
export function stageBefore({
  start,
  text,
  failedStep,
  dockerfile,
  elsewhere,
}: BuildRun): StageBefore | undefined {
  // prettier-ignore
  const step = failedStep && dockerfile.plan.stepOf(failedStep.name);
  if (step === undefined || text === undefined || elsewhere !== undefined) return undefined;
  const { platforms = [] } = start.request;
  if (step.keyword === 'FROM' || platforms.length > 1) return undefined;
  const kept = Object.entries(start.request).filter(([name]) => !dropped.has(name));
  const request = Object.fromEntries(kept) as unknown as BuildRequest;
  const dockerfileText = new TextEncoder().encode(text.slice(0, step.start));
  return { line: step.line, request: { ...request, tags: [], dockerfileText } };
}

/**
 * What the temporary image is built without. The last stage of a file is its target; what the first build executed is in the
 * build cache, also with --no-cache.
 */
const dropped: ReadonlySet<string> = new Set<keyof BuildRequest>(['target', 'noCache', 'pull', 'cacheTo', 'outputs', 'push']); // prettier-ignore

/** Asks for confirmation. The image and the container are removed when the shell exits. */
export async function openStageShell(
  run: BuildRun,
  { engine: connect, editor }: Pick<Tools, 'engine' | 'editor'>,
): Promise<void> {
  const before = stageBefore(run);
  if (before === undefined) return;
  const { line } = before;
  const { title } = run.start;
  const confirmed = await editor.confirm(
    t('Open a shell in the stage before line {0}?', line),
    [
      t('The instructions before line {0} are built again, from the build cache, as a temporary image without a name.', line), // prettier-ignore
      t('A shell runs in a new container from this image.'),
      t('Mounts and values of build arguments of the failed instruction are not available in it.'),
      t('The image and the container are removed when the shell exits.'),
    ].join(' '),
    t('Open Shell'),
  );
  if (!confirmed) return;
  await attempt(t('Could not open a shell in the stage before line {0}', line), async () => {
    const engine = await connect();
    const known = new Set((await engine.images()).map(({ id }) => id));
    const image = await editor.withProgress(
      t('Building the stage before line {0}', line),
      (signal) => builtImage(engine, before.request, signal),
    );
    // Without an instruction of its own, the stage can be an image that the user has.
    const keepsImage = known.has(image);
    const shell = await shellIn(engine, image, before.request).catch(async (error: unknown) => {
      if (!keepsImage) await engine.removeImage(image).catch(() => undefined);
      throw error;
    });
    const name = `${title.replace(/[^\w.-]+/g, '-')}-line-${line}-${shortId(image).slice(0, 4)}`;
    await openTemporaryShell(
      { engine, editor },
      {
        image,
        keepsImage,
        container: { name, body: bodyOf(before.request, image, shell), ...platformOf(before.request) }, // prettier-ignore
        terminal: t('{0} before line {1}: {2}', title, line, baseName(shell)),
        notRemoved: (reason) => t('Could not remove the temporary container or image of {0}: {1}', title, reason), // prettier-ignore
      },
    );
  });
}

async function builtImage(
  engine: Engine,
  request: BuildRequest,
  signal: AbortSignal,
): Promise<string> {
  let image: string | undefined;
  for await (const event of engine.build(request, signal))
    if (event.kind === 'image') image = event.id;
  if (image === undefined)
    throw new EngineError('failed', t('The builder did not report the id of the image'));
  return image;
}

/** The files of an image can be read only in a container, which is not started. */
async function shellIn(engine: Engine, image: string, request: BuildRequest): Promise<string> {
  const body = { Image: image, Cmd: ['sh'] };
  const { id } = await engine.create({ body, ...platformOf(request) });
  try {
    return await findShell(engine, id);
  } finally {
    await engine.remove(id, { force: true, volumes: true });
  }
}

/** With the network and the host names of the build. */
function bodyOf({ network, addHosts }: BuildRequest, image: string, shell: string): CreateRequest {
  return {
    ...terminalBody(image, shell),
    HostConfig: {
      ...((network === 'host' || network === 'none') && { NetworkMode: network }),
      ...(addHosts !== undefined && { ExtraHosts: addHosts }),
    },
  };
}

function platformOf({ platforms: [platform] = [] }: BuildRequest): { readonly platform?: string } {
  return platform === undefined ? {} : { platform };
}
