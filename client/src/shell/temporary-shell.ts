/** A shell in a new container of a temporary image. */
import { t } from '@vscode/l10n';
import type { CreateRequest } from '../engine/container-config.ts';
import type { NewContainer } from '../engine/container-requests.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Editor } from '../ui/editor.ts';
import { interruptAndClose } from './interrupt.ts';
import { unixShells } from './shells.ts';

export interface TemporaryShell {
  /** The id of the image. */
  readonly image: string;
  /** Whether the image stays: it was on the engine before. */
  readonly keepsImage: boolean;
  readonly container: NewContainer;
  /** The name of the terminal. */
  readonly terminal: string;
  /** The message for the reason why the container or the image could not be removed. */
  readonly notRemoved: (reason: string) => string;
}

interface Parts {
  readonly engine: Engine;
  readonly editor: Editor;
}

/** Starts the shell in a terminal. The container and the image are removed when it exits, or if it cannot be started. */
export async function openTemporaryShell(
  { engine, editor }: Parts,
  { image, keepsImage, container, terminal, notRemoved }: TemporaryShell,
): Promise<void> {
  let id: string | undefined;
  const remove = async (): Promise<void> => {
    try {
      // An image cannot be removed before its containers.
      if (id !== undefined) await engine.remove(id, { force: true, volumes: true });
      if (!keepsImage) await engine.removeImage(image, { force: true });
    } catch (error) {
      await editor.showWarning(notRemoved(error instanceof Error ? error.message : String(error)));
    }
  };
  try {
    const created = (await engine.create(container)).id;
    id = created;
    await editor.openTerminal({
      name: terminal,
      once: true,
      start: async () => {
        const stream = await engine.attach(created, { tty: true });
        await engine.start(created);
        void stream.exit.then(remove, remove);
        return { ...stream, close: () => interruptAndClose(stream) };
      },
    });
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The part of a create request that runs a shell in a terminal, without the health check of the image. */
export function terminalBody(image: string, shell: string): CreateRequest {
  return {
    Image: image,
    Entrypoint: [shell],
    Cmd: [],
    Healthcheck: { Test: ['NONE'] },
    Tty: true,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  };
}

/** Searches the files of a container that is not running for a shell. Rejects with EngineError if there is none. */
export async function findShell(engine: Engine, container: string): Promise<string> {
  const [shell] = await unixShells(engine, container);
  if (shell !== undefined) return shell;
  throw new EngineError(
    'failed',
    t('the image does not contain a shell (distroless or FROM scratch)'),
  );
}
