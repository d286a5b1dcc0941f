/** Asks for the user and the working directory of a shell. */
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../engine/details.ts';
import type { Container, Engine, ExecOptions } from '../engine/engine.ts';
import { usersOf, type User } from './users.ts';
import type { Editor, Suggestion } from '../ui/editor.ts';

export type ShellOptions = Pick<ExecOptions, 'user' | 'workdir'>;

/** Asks for both, with suggestions from the container. Undefined if the user cancels. */
export async function askShellOptions(
  { id, name }: Container,
  engine: Engine,
  editor: Editor,
): Promise<ShellOptions | undefined> {
  const [details, users] = await Promise.all([
    engine.inspect('container', id),
    usersOf(engine, id),
  ]);
  const own = details.config.User || 'root';
  const user = await editor.ask(t('Attach Shell to {0}: User', name), {
    prompt: t('User name or ID, optionally followed by a colon and a group'),
    suggestions: Promise.resolve(uniqueSuggestions(userSuggestions(own, users))),
    check: userError,
  });
  if (user === undefined) return undefined;
  const directory = await editor.ask(t('Attach Shell to {0}: Working Directory', name), {
    prompt: t('Path of a directory in the container'),
    suggestions: Promise.resolve(
      uniqueSuggestions(directorySuggestions(details, homeOf(user, users))),
    ),
    check: directoryError,
  });
  if (directory === undefined) return undefined;
  // Without an explicit user, exec also works in images without /etc/passwd.
  const userOption = user.trim() === own && !details.config.User ? {} : { user: user.trim() };
  return { ...userOption, workdir: directory.trim() };
}

function uniqueSuggestions(suggestions: readonly Suggestion[]): () => readonly Suggestion[] {
  const seen = new Set<string>();
  // A directory can occur several times; the first description is used.
  const once = suggestions.filter(({ text }) => !seen.has(text) && seen.add(text));
  return () => once;
}

function userSuggestions(own: string, users: readonly User[]): readonly Suggestion[] {
  return [
    { text: own, description: t('user of the container') },
    ...(own === 'root' || own === '0' ? [] : [{ text: 'root', description: t('superuser') }]),
    ...users.map(({ name, id, home }) => ({
      text: name,
      description: home === '' ? t('UID {0}', id) : t('UID {0}, home directory {1}', id, home),
    })),
  ];
}

function directorySuggestions(
  { config, mounts }: ContainerDetails,
  home: string | undefined,
): readonly Suggestion[] {
  return [
    { text: config.WorkingDir || '/', description: t('working directory of the container') },
    ...(home === undefined ? [] : [{ text: home, description: t('home directory of the user') }]),
    ...mounts.map(({ destination }) => ({ text: destination, description: t('mount point') })),
    { text: '/' },
  ];
}

function homeOf(user: string, users: readonly User[]): string | undefined {
  const [who] = user.trim().split(':');
  const found = users.find(({ name, id }) => name === who || String(id) === who);
  return found?.home === '' ? undefined : found?.home;
}

function userError(text: string): string | undefined {
  return /^[^\s:]+(?::[^\s:]+)?$/.test(text.trim())
    ? undefined
    : t('Enter a user name or ID, such as root, 1000 or 1000:1000.');
}

function directoryError(text: string): string | undefined {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(text.trim())
    ? undefined
    : t('Enter an absolute path, such as /app.');
}
