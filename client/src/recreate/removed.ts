/**
 * Containers that were removed here, which can be created again from what they were. Their settings can contain passwords in
 * variables, so they are kept in VS Code's secret storage, and only for a day.
 */
import { t } from '@vscode/l10n';
import type { NewContainer } from '../engine/container-requests.ts';
import type { ContainerDetails } from '../engine/details.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import { parseExact, stringifyExact } from '../engine/exact-json.ts';
import { isObject } from '../engine/json-object.ts';
import { failureOf } from '../run/failure.ts';
import { specOf } from '../run/spec.ts';
import { attempt } from '../ui/attempt.ts';
import { ageBetween, formatAge, formatImageName, joinDetails } from '../ui/format.ts';
import { formatNamesOf } from '../ui/name-list.ts';
import type { Tools } from '../ui/tools.ts';
import { copyRequest } from './copy-request.ts';

export interface RemovedContainer {
  readonly id: string;
  readonly name: string;
  /** As given at its creation. */
  readonly image: string;
  readonly imageId: string;
  readonly wasActive: boolean;
  /** Milliseconds since 1970. */
  readonly removedAt: number;
  /** The address of its engine. */
  readonly engine: string;
  readonly request: NewContainer;
}

type RemovedTools = Pick<Tools, 'connectionState' | 'editor' | 'engine'>;

/** The key in the secret storage. */
const storageKey = 'removed-containers';

const [longestTime, mostCharacters] = [24 * 3_600_000, 200_000];

/** How many removed containers are kept. */
export const mostRemembered = 20;

/** What is needed to create these containers again; call it before they are removed. Containers that cannot be read are left out. */
export async function snapshots(
  tools: RemovedTools,
  details: readonly ContainerDetails[],
  keepVolumes: boolean,
): Promise<readonly RemovedContainer[]> {
  const engine = await tools.engine();
  const address = await addressOf(tools);
  const copies = await Promise.allSettled(
    details.map(async (one): Promise<RemovedContainer> => {
      const { request } = await copyRequest(engine, one, { keepVolumes });
      const { id, name, imageId, running: wasActive } = one;
      const image = one.config.Image ?? imageId;
      return { id, name, image, imageId, wasActive, removedAt: Date.now(), engine: address, request }; // prettier-ignore
    }),
  );
  return copies.flatMap((copy) => (copy.status === 'fulfilled' ? [copy.value] : []));
}

/** Keeps the removed containers for a day, and offers to bring them back. Resolves when they are stored. */
export async function rememberRemoved(
  tools: RemovedTools,
  removed: readonly RemovedContainer[],
): Promise<void> {
  if (removed.length === 0) return;
  await store(tools, [...removed, ...(await stored(tools))]);
  void offer(tools, removed);
}

async function offer(tools: RemovedTools, removed: readonly RemovedContainer[]): Promise<void> {
  const { editor } = tools;
  const again = t('Bring Back');
  const names = formatNamesOf(removed);
  if ((await editor.showInformation(t('Removed {0}.', names), again)) !== again) return;
  requested = removed;
  // The command is disabled in untrusted workspaces, and shows why it fails.
  await editor.runCommand('containers.bring-back');
}

/** What the next call of the command brings back without a question. */
let requested: readonly RemovedContainer[] = [];

/** Asks which of the containers that were removed from this engine to bring back. */
export async function chooseRemoved(tools: RemovedTools): Promise<readonly RemovedContainer[]> {
  const chosenBefore = requested;
  requested = [];
  if (chosenBefore.length > 0) return chosenBefore;
  const { editor } = tools;
  const address = await addressOf(tools);
  const own = (await stored(tools)).filter(({ engine }) => engine === address);
  if (own.length === 0) {
    await editor.showInformation(t('No container was removed from this engine within a day.'));
    return [];
  }
  const now = new Date();
  const chosen = await editor.pickSome(
    t('Bring Back Removed Containers, without Their Files'),
    own.map((one) => ({
      label: one.name,
      description: joinDetails(
        formatImageName(one.image),
        t('removed {0}', formatAge(ageBetween(new Date(one.removedAt), now))),
      ),
      value: one,
    })),
  );
  return chosen ?? [];
}

/** Creates the containers again, and starts those that were running. Those that are back are no longer offered. */
export async function bringBack(
  tools: RemovedTools,
  removed: readonly RemovedContainer[],
): Promise<void> {
  if (removed.length === 0) return;
  const engine = await tools.engine();
  const empty = await missingVolumes(engine, removed);
  for (const one of removed) {
    await attempt(t('Could not bring back {0}', one.name), () => createAgain(engine, one));
    const left = (await stored(tools)).filter(({ id }) => id !== one.id);
    await store(tools, left);
  }
  const facts = [
    t('Created again, without their own files: {0}.', formatNamesOf(removed)),
    empty.length > 0 ? t('These volumes are empty: {0}.', formatNamesOf(empty)) : '',
  ];
  void tools.editor.showInformation(facts.filter((fact) => fact !== '').join(' '));
}

async function createAgain(engine: Engine, removed: RemovedContainer): Promise<void> {
  const { request, wasActive } = removed;
  const body = { ...request.body, Image: await imageOf(engine, removed) };
  let id: string | undefined;
  try {
    ({ id } = await engine.create({ ...request, body }));
    if (wasActive) await engine.start(id);
  } catch (error) {
    if (id !== undefined) await engine.remove(id, { force: true }).catch(() => undefined);
    if (!isEngineError(error)) throw error;
    const containers = await engine.containers().catch(() => []);
    const spec = specOf(removed.image, { texts: { name: removed.name } });
    throw new EngineError(
      error.kind,
      failureOf(error.message, { spec, containers }).message,
      error,
    );
  }
}

/** The tag if it still names the image, else the image itself, else whatever the tag names now. */
async function imageOf(engine: Engine, { image, imageId }: RemovedContainer): Promise<string> {
  const [byTag, byId] = await Promise.all(
    [image, imageId].map((name) => engine.inspect('image', name).catch(() => undefined)),
  );
  if (byTag?.id === imageId) return image;
  if (byId !== undefined) return imageId;
  if (byTag !== undefined) return image;
  throw new EngineError('missing', t('the image {0} no longer exists; pull or build it first', formatImageName(image))); // prettier-ignore
}

/** Named volumes of the containers that do not exist anymore; the engine creates empty ones. */
async function missingVolumes(
  engine: Engine,
  removed: readonly RemovedContainer[],
): Promise<readonly { readonly name: string }[]> {
  const present = new Set((await engine.volumes().catch(() => [])).map(({ name }) => name));
  const used = removed.flatMap(({ request }) => {
    const { Binds = [], Mounts = [] } = request.body.HostConfig ?? {};
    return [
      ...Binds.map((bind) => bind.split(':')[0] ?? '').filter((source) => /^[\w.-]+$/.test(source)),
      ...Mounts.flatMap(({ Type, Source }) => (Type === 'volume' && Source ? [Source] : [])),
    ];
  });
  return [...new Set(used)].filter((name) => !present.has(name)).map((name) => ({ name }));
}

async function addressOf(tools: RemovedTools): Promise<string> {
  const { address } = await tools.connectionState();
  return address?.url ?? '';
}

/** Those of the last day, the latest first. */
async function stored({ editor }: RemovedTools): Promise<readonly RemovedContainer[]> {
  try {
    const value = parseExact((await editor.getSecret(storageKey)) ?? '[]');
    const from = Date.now() - longestTime;
    return Array.isArray(value)
      ? value.filter(isRemoved).filter(({ removedAt }) => removedAt > from)
      : [];
  } catch {
    return [];
  }
}

/** The latest ones, as far as they fit. */
async function store(
  { editor }: RemovedTools,
  removed: readonly RemovedContainer[],
): Promise<void> {
  const kept: string[] = [];
  let length = 0;
  for (const one of removed.slice(0, mostRemembered)) {
    const text = stringifyExact(one);
    length += text.length;
    if (length > mostCharacters) break;
    kept.push(text);
  }
  await editor.setSecret(storageKey, `[${kept.join(',')}]`);
}

/** Whether it was stored by this version; the request is checked by the engine. */
function isRemoved(value: unknown): value is RemovedContainer {
  if (!isObject(value)) return false;
  const { id, name, image, imageId, wasActive, removedAt, engine, request } = value;
  const texts = [id, name, image, imageId, engine];
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof wasActive === 'boolean' &&
    typeof removedAt === 'number' &&
    isObject(request) &&
    isObject(request.body)
  );
}
