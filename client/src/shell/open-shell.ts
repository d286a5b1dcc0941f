/** Opens a shell in a container. */
import { t } from '@vscode/l10n';
import { currentEnvironment } from '../engine/docker-cli/config-file.ts';
import type { ContainerDetails } from '../engine/details.ts';
import type { Container, Engine } from '../engine/engine.ts';
import { attempt } from '../ui/attempt.ts';
import type { Editor, ProcessTerminal } from '../ui/editor.ts';
import { configuredKeys } from './detach-keys.ts';
import { interruptAndClose } from './interrupt.ts';
import { execOptions, rememberedChoice, type ShellChoice } from './shell-choice.ts';
import { nameOf, preferredShell, shellsOf } from './shells.ts';
import { findUser, usersOf } from './users.ts';
import { offerForNoShell, offerForStopped } from './without-shell.ts';

export interface Connected {
  readonly engine: Engine;
  readonly editor: Editor;
}

/** Opens a shell with the choices of the last time for this image; shows what else is possible if there is no shell. */
export async function attachShell(container: Container, connected: Connected): Promise<void> {
  const terminal = await shellTerminal(container, connected);
  if (terminal !== undefined)
    await attemptShell(container, () => connected.editor.openTerminal(terminal));
}

/** Undefined if the container has no shell or does not run, after what else is possible was offered. */
export async function shellTerminal(
  container: Container,
  connected: Connected,
  given?: ShellChoice,
): Promise<ProcessTerminal | undefined> {
  const { engine } = connected;
  const details = await attemptShell(container, () => engine.inspect('container', container.id));
  if (!details.running) {
    await offerForStopped(container, connected);
    return undefined;
  }
  const choice = given ?? (await fittingChoice(container, connected));
  const shell = await attemptShell(container, () => usableShell(details, choice, engine));
  if (shell !== undefined) return terminalOf(container, { ...choice, shell }, engine);
  await offerForNoShell(container, connected);
  return undefined;
}

/** The choice of the last time, without a directory or user that this container of the image does not have. */
async function fittingChoice(
  container: Container,
  { engine, editor }: Connected,
): Promise<ShellChoice> {
  const { workdir, user, ...others } = rememberedChoice(editor, container);
  const hasDirectory = workdir !== undefined && (await exists(engine, container.id, workdir));
  const users = user === undefined ? [] : await usersOf(engine, container.id);
  // Numbers need not be in the file.
  const hasUser = user !== undefined && (/^\d/.test(user) || findUser(users, user) !== undefined);
  return { ...others, ...(hasDirectory && { workdir }), ...(hasUser && { user }) };
}

async function exists(engine: Engine, id: string, path: string): Promise<boolean> {
  return engine.stat(id, path).then(
    () => true,
    () => false,
  );
}

/** The chosen shell if the container has it, otherwise the best one. */
async function usableShell(
  { id, config }: ContainerDetails,
  { shell, user }: ShellChoice,
  engine: Engine,
): Promise<string | undefined> {
  const [shells, users] = await Promise.all([
    shellsOf(engine, id, config.Env),
    usersOf(engine, id),
  ]);
  if (shell !== undefined && shells.includes(shell)) return shell;
  return preferredShell(shells, findUser(users, user ?? (config.User || '0'))?.shell);
}

function terminalOf(
  { id, name }: Container,
  choice: ShellChoice & { readonly shell: string },
  engine: Engine,
): ProcessTerminal {
  const { shell, user, privileged } = choice;
  const who = user === undefined ? '' : `${user}@`;
  const title = `${who}${name}: ${nameOf(shell)}`;
  return {
    name: privileged === true ? t('{0} (privileged)', title) : title,
    start: async (size) => {
      const detachKeys = await configuredKeys(currentEnvironment());
      const stream = await engine.exec(id, [shell], {
        ...execOptions(choice),
        ...(size && { size }),
        ...(detachKeys !== undefined && { detachKeys }),
      });
      return { ...stream, close: () => interruptAndClose(stream) };
    },
  };
}

export function attemptShell<T>({ name }: Container, work: () => Promise<T>): Promise<T> {
  return attempt(t('Could not attach a shell to {0}', name), work);
}
