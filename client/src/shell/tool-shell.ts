/**
 * A shell from another image beside a container: it sees the processes, the network and the files of the container, which
 * need not contain a shell. The container of the shell is removed when the shell ends.
 */
import { t } from '@vscode/l10n';
import type { CreateRequest, HostConfig } from '../engine/container-config.ts';
import type { ContainerDetails } from '../engine/details.ts';
import type { Container, Duplex, Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { isNamed } from '../engine/image-reference.ts';
import { attempt } from '../ui/attempt.ts';
import type { Connected } from './open-shell.ts';
import { unixShells } from './shells.ts';
import { offerForStopped } from './without-shell.ts';

const imageKey = 'tool-shell:image';

/** Asks for an image of the engine, and opens a shell from it beside the container. Nothing is pulled without confirmation. */
export async function openToolShell(container: Container, connected: Connected): Promise<void> {
  const { engine, editor } = connected;
  const { id, name } = container;
  await attempt(t('Could not open a tool shell for {0}', name), async () => {
    const details = await engine.inspect('container', id);
    if (!details.running) return offerForStopped(container, connected);
    const image = await askImage(name, connected);
    if (image === undefined) return;
    await editor.setState(imageKey, image);
    const root = await rootOf(details, engine);
    const tools: Tools = { container: details, image, root, engine };
    await editor.openTerminal({
      name: t('{0}: tool shell ({1})', name, image),
      icon: 'tools',
      note: noteOf(name, root),
      start: () => start(tools),
    });
  });
}

interface Tools {
  readonly container: ContainerDetails;
  readonly image: string;
  /** Where the shell sees the files of the container; undefined if it does not. */
  readonly root: string | undefined;
  readonly engine: Engine;
}

/** The image, which then exists on the engine; undefined if the user cancels. */
async function askImage(name: string, { engine, editor }: Connected): Promise<string | undefined> {
  const images = await engine.images();
  const tags = images.flatMap((one) => one.tags);
  const before = editor.getState(imageKey);
  const suggestions = tags.map((text) => ({
    text,
    ...(text === before && { description: t('used last time') }),
  }));
  // The image of the last time comes first.
  suggestions.sort((a, b) => Number(b.text === before) - Number(a.text === before));
  const answer = await editor.ask(t('Open Tool Shell for {0}: Image', name), {
    prompt: t('An image with a shell and the programs that you need, such as busybox'),
    suggestions: Promise.resolve(() => suggestions),
    check: (text) => (text.trim() === '' ? t('Enter the name of an image.') : undefined),
  });
  const image = answer?.trim();
  if (image === undefined) return undefined;
  if (images.some((one) => isNamed(one, image))) return image;
  const confirmed = await editor.confirm(
    t('Pull {0}?', image),
    t('The engine does not have this image.'),
    t('Pull'),
  );
  return confirmed ? pull(image, { engine, editor }) : undefined;
}

async function pull(image: string, { engine, editor }: Connected): Promise<string> {
  const reference = /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
  await editor.withProgress(t('Pulling {0}', reference), async (signal, report) => {
    for await (const { status, layer } of engine.pull(reference, signal))
      report(layer === undefined ? status : `${layer}: ${status}`);
  });
  return image;
}

/** The files of the main process. It is process 1, except in a container that shares the processes of another one. */
async function rootOf({ id, host }: ContainerDetails, engine: Engine): Promise<string | undefined> {
  const mode = host.PidMode ?? '';
  if (mode === '' || mode === 'private') return '/proc/1/root';
  if (mode !== 'host') return undefined;
  const { titles, processes } = await engine.top(id);
  const pid = processes[0]?.[titles.indexOf('PID')];
  return pid === undefined ? undefined : `/proc/${pid}/root`;
}

function noteOf(name: string, root: string | undefined): string {
  const end = t('The tool shell is removed when it ends.');
  if (root === undefined)
    return `${t('The files of {0} are not available, because it shares the processes of another container.', name)} ${end}`;
  return `${t('The files of {0} are in {1}.', name, root)} ${end}`;
}

/** Used until the shells of the image are known, which only a container of it shows. */
const anyShell = '/bin/sh';

async function start(tools: Tools): Promise<Duplex> {
  const { engine, image, container } = tools;
  const name = `${container.name.replace(/[^\w.-]+/g, '-')}-tools-${crypto.randomUUID().slice(0, 4)}`;
  const first = await engine.create({ name, body: bodyOf(tools, anyShell) });
  let { id } = first;
  try {
    const [shell] = await unixShells(engine, id);
    if (shell === undefined)
      throw new EngineError('failed', t('{0} does not contain a shell; use another image', image));
    if (shell !== anyShell) {
      await engine.remove(id, { force: true });
      ({ id } = await engine.create({ name, body: bodyOf(tools, shell) }));
    }
    const stream = await engine.attach(id, { tty: true });
    await engine.start(id);
    return removedAfter(stream, () => engine.remove(id, { force: true }));
  } catch (error) {
    await engine.remove(id, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The stream; the container is removed when the process has ended or the terminal is closed. */
function removedAfter(stream: Duplex, remove: () => Promise<void>): Duplex {
  // The engine may have removed it already.
  const cleanUp = (): Promise<void> => remove().catch(() => undefined);
  stream.exit.then(cleanUp, cleanUp);
  return {
    ...stream,
    close: () => {
      stream.close();
      void cleanUp();
    },
  };
}

/**
 * Starts the shell in the files of the container; if they cannot be entered, where the image starts it. The kernel
 * reports no path outside of the files of the image, so the shell takes it from PWD.
 */
const enterRoot =
  'if cd "$1" 2>/dev/null; then export PWD; else echo "Could not open $1" >&2; fi; exec "$0"';

function bodyOf({ container, image, root }: Tools, shell: string): CreateRequest {
  const { id, name, host } = container;
  return {
    Image: image,
    // Without it, many processes of the container and their files are not accessible.
    User: '0:0',
    Entrypoint: root === undefined ? [shell] : [shell, '-c', enterRoot, shell, root],
    Cmd: [],
    Labels: { 'drydock.tool-shell': name },
    Healthcheck: { Test: ['NONE'] },
    Tty: true,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...namespacesOf(id, host),
      // To read the files of processes of other users.
      CapAdd: ['SYS_PTRACE'],
      RestartPolicy: { Name: 'no' },
      AutoRemove: true,
    },
  };
}

/** The IPC namespace of a container can be shared only if that was set when it was created. */
function namespacesOf(id: string, { IpcMode = '', UsernsMode, PidMode }: HostConfig): HostConfig {
  const container = `container:${id}`;
  const canShareIpc = IpcMode === 'shareable' || IpcMode === 'host';
  return {
    PidMode: PidMode === 'host' ? 'host' : container,
    NetworkMode: container,
    ...(canShareIpc && { IpcMode: IpcMode === 'host' ? 'host' : container }),
    ...(UsernsMode !== undefined && UsernsMode !== '' && { UsernsMode }),
  };
}
