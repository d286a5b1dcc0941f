/** Creates containers again with a newer image. */
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../engine/details.ts';
import type { Container, Engine } from '../engine/engine.ts';
import { EngineError, isConnectionError, isEngineError } from '../engine/errors.ts';
import { pull } from '../registry/pull.ts';
import { failureOf } from '../run/failure.ts';
import { anonymousVolumes } from '../run/anonymous-volumes.ts';
import { formatImageName } from '../ui/format.ts';
import { formatNames } from '../ui/name-list.ts';
import type { Tools } from '../ui/tools.ts';
import { copyRequest, type ContainerCopy } from './copy-request.ts';
import { replaceContainer } from './replace.ts';

export { bringBack, chooseRemoved, mostRemembered, rememberRemoved, snapshots } from './removed.ts';

interface Candidate {
  readonly container: Container;
  readonly details: ContainerDetails;
  /** The tag that it was created with. */
  readonly reference: string;
}

/** Recreates each container whose tag points to another local image; for the others, offers to pull. */
export async function recreateContainers(
  containers: readonly Container[],
  tools: Tools,
): Promise<void> {
  const engine = await tools.engine();
  for (const container of containers) {
    const candidate = await candidateOf(engine, container, tools);
    if (candidate === undefined) continue;
    const { reference, details } = candidate;
    const image = await engine.inspect('image', reference).catch(() => undefined);
    if (image !== undefined && image.id !== details.imageId) {
      await recreate(engine, candidate, { tools, imageId: image.id });
      continue;
    }
    const pullButton = t('Pull and Recreate');
    const message = t('{0} already runs the local image {1}.', container.name, formatImageName(reference)); // prettier-ignore
    if ((await tools.editor.showInformation(message, pullButton)) === pullButton) {
      await pullAndRecreateContainers([container], tools);
    }
  }
}

/** Pulls the tag of each container, and recreates those for which this made a difference. */
export async function pullAndRecreateContainers(
  containers: readonly Container[],
  tools: Tools,
): Promise<void> {
  const engine = await tools.engine();
  const pulled = new Set<string>();
  for (const container of containers) {
    const candidate = await candidateOf(engine, container, tools);
    if (candidate === undefined) continue;
    const { reference, details } = candidate;
    if (!pulled.has(reference)) await pull(tools, reference);
    pulled.add(reference);
    const image = await engine.inspect('image', reference);
    if (image.id === details.imageId) {
      await tools.editor.showInformation(
        t('{0} already runs the newest {1}.', container.name, formatImageName(reference)),
      );
    } else {
      await recreate(engine, candidate, { tools, imageId: image.id });
    }
  }
}

/** Undefined, after saying so, for a container whose image cannot become newer. */
async function candidateOf(
  engine: Engine,
  container: Container,
  { editor }: Tools,
): Promise<Candidate | undefined> {
  const details = await engine.inspect('container', container.id);
  const { Image: reference = '' } = details.config;
  if (isTag(reference)) return { container, details, reference };
  await editor.showInformation(
    t('{0} was created from an image ID or digest, which never changes.', container.name),
  );
  return undefined;
}

/** Whether it names an image that can be moved, unlike an id or a digest. */
function isTag(reference: string): boolean {
  return reference !== '' && !/@|^(?:sha256:)?[0-9a-f]{64}$/.test(reference);
}

async function recreate(
  engine: Engine,
  { container, details, reference }: Candidate,
  { tools, imageId }: { readonly tools: Tools; readonly imageId: string },
): Promise<void> {
  const { editor } = tools;
  const { name } = container;
  const confirmed = await editor.confirm(
    t('Recreate {0} with the newer image {1}?', name, formatImageName(reference)),
    (await consequences(engine, container, details)).join(' '),
    t('Recreate'),
  );
  if (!confirmed) return;
  const image = { reference, id: imageId };
  const copy = await copyRequest(engine, details, { image, keepVolumes: true });
  const undo = await copyRequest(engine, details, { image: { reference: details.imageId, id: details.imageId }, keepVolumes: true }); // prettier-ignore
  await editor.withProgress(t('Recreating {0}', name), async (signal, report) => {
    const { request } = copy;
    const replacement = { old: container, details, request, undo: undo.request, signal, report };
    try {
      await replaceContainer(engine, replacement);
    } catch (error) {
      throw await explained(error, engine, { name, copy });
    }
  });
}

/** What the user should know before: what is kept, and what is not. */
async function consequences(
  engine: Engine,
  container: Container,
  details: ContainerDetails,
): Promise<readonly string[]> {
  const volumes = anonymousVolumes(details).length;
  const dependents = await networkUsers(engine, container);
  return [
    t(
      'Options, networks and volumes are kept. Files written inside the container and its log are not.',
    ),
    volumes > 0 ? t('Its anonymous volumes are mounted again.') : '',
    details.host.AutoRemove === true
      ? t(
          'It was started with --rm: if the new container does not start, it is created again, without its files.',
        )
      : t('If the new container does not start, the old one is restored.'),
    dependents.length > 0
      ? t('Recreate these as well, because they use its network: {0}.', formatNames(dependents))
      : '',
  ].filter((sentence) => sentence !== '');
}

/** The names of the containers that share its network namespace (`--network container:…`). */
async function networkUsers(engine: Engine, { id, name }: Container): Promise<readonly string[]> {
  const others = await engine.containers().catch(() => []);
  const without = others.filter((other) => other.id !== id && other.networks.length === 0);
  const modes = await Promise.all(
    without.slice(0, 50).map(async (other) => {
      const details = await engine.inspect('container', other.id).catch(() => undefined);
      return { name: other.name, mode: details?.host.NetworkMode ?? '' };
    }),
  );
  return modes
    .filter(({ mode }) => mode === `container:${id}` || mode === `container:${name}`)
    .map((other) => other.name);
}

/** The error in plain words, and that the old container is there again. */
async function explained(
  error: unknown,
  engine: Engine,
  { name, copy }: { readonly name: string; readonly copy: ContainerCopy },
): Promise<unknown> {
  if (!isEngineError(error) || isConnectionError(error) || error.kind === 'cancelled') return error;
  const containers = await engine.containers().catch(() => []);
  const { message } = failureOf(error.message, { spec: copy.spec, containers });
  const isRestored = containers.some((one) => one.name === name);
  const sentence = t('Could not recreate {0}: {1}', name, message);
  const restored = isRestored ? `. ${t('The old container was restored.')}` : '';
  return new EngineError('failed', `${sentence}${restored}`, error);
}
