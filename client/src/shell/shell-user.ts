/** Who a shell runs as and where it begins, as a person wants it. */
import { t } from '@vscode/l10n';
import type { Container, Engine, ExecOptions } from '../engine/engine.ts';
import { usersOf, type User } from './users.ts';
import type { Editor, Suggestion } from '../ui/editor.ts';

export type ShellPlace = Pick<ExecOptions, 'user' | 'workdir'>;

interface Details {
  readonly Config?: { readonly User?: string; readonly WorkingDir?: string };
  readonly Mounts?: readonly { readonly Destination?: string }[] | null;
}

/** Asks for both; undefined where nobody wants one. What the container has is offered. */
export async function askedPlace(
  { id, name }: Container,
  engine: Engine,
  editor: Editor,
): Promise<ShellPlace | undefined> {
  const [details, users] = await Promise.all([
    engine.inspect('container', id) as Promise<Details>,
    usersOf(engine, id),
  ]);
  const own = details.Config?.User || 'root';
  const user = await editor.ask(t('Shell in {0}: as which user?', name), {
    prompt: t('A name or a number, with a group after a colon where it matters'),
    suggestions: Promise.resolve(offering(userSuggestions(own, users))),
    check: userTrouble,
  });
  if (user === undefined) return undefined;
  const folder = await editor.ask(t('Shell in {0}: in which folder?', name), {
    prompt: t('A path in the container'),
    suggestions: Promise.resolve(offering(folderSuggestions(details, homeOf(user, users)))),
    check: folderTrouble,
  });
  if (folder === undefined) return undefined;
  // Who is left unsaid is found also where no file names the users.
  const named = user.trim() === own && !details.Config?.User ? {} : { user: user.trim() };
  return { ...named, workdir: folder.trim() };
}

function offering(suggestions: readonly Suggestion[]): () => readonly Suggestion[] {
  const known = new Set<string>();
  // A folder may be several things at once; the first says what it is.
  const once = suggestions.filter(({ text }) => !known.has(text) && known.add(text));
  return () => once;
}

function userSuggestions(own: string, users: readonly User[]): readonly Suggestion[] {
  return [
    { text: own, about: t('as the container itself') },
    ...(own === 'root' || own === '0' ? [] : [{ text: 'root', about: t('may do everything') }]),
    ...users.map(({ name, id, home }) => ({
      text: name,
      about: home === '' ? t('number {0}', id) : t('number {0}, at home in {1}', id, home),
    })),
  ];
}

function folderSuggestions(
  { Config, Mounts }: Details,
  home: string | undefined,
): readonly Suggestion[] {
  return [
    { text: Config?.WorkingDir || '/', about: t('where the container itself begins') },
    ...(home === undefined ? [] : [{ text: home, about: t('the home of this user') }]),
    ...(Mounts ?? []).flatMap(({ Destination }) =>
      Destination === undefined ? [] : [{ text: Destination, about: t('mounted') }],
    ),
    { text: '/' },
  ];
}

function homeOf(user: string, users: readonly User[]): string | undefined {
  const [who] = user.trim().split(':');
  const found = users.find(({ name, id }) => name === who || String(id) === who);
  return found?.home === '' ? undefined : found?.home;
}

function userTrouble(text: string): string | undefined {
  return /^[^\s:]+(?::[^\s:]+)?$/.test(text.trim())
    ? undefined
    : t('A user is a name or a number, such as root, 1000 or 1000:1000.');
}

function folderTrouble(text: string): string | undefined {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(text.trim())
    ? undefined
    : t('A folder in a container begins with a slash, such as /app.');
}
