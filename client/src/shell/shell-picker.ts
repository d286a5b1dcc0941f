/** One picker for how a shell is opened: Enter opens it, the other rows change the shell, user, directory and so on. */
import { t } from '@vscode/l10n';
import { wordsOf } from '../command-line/words.ts';
import type { ContainerDetails } from '../engine/details.ts';
import type { Container } from '../engine/engine.ts';
import { joinDetails } from '../ui/format.ts';
import type { Choice, Suggestion } from '../ui/editor.ts';
import { attemptShell, shellTerminal, type Connected } from './open-shell.ts';
import { rememberChoice, rememberedChoice, type ShellChoice } from './shell-choice.ts';
import { nameOf, preferredShell, shellsOf } from './shells.ts';
import { findUser, usersOf, type User } from './users.ts';
import { offerForNoShell, offerForStopped } from './without-shell.ts';

/** What the container offers. */
interface Facts {
  readonly details: ContainerDetails;
  readonly shells: readonly string[];
  readonly users: readonly User[];
}

type Action = 'open' | 'reset' | keyof ShellChoice;

/** Opens the shell that the user chose, and remembers the choices for the image. */
export async function pickShell(container: Container, connected: Connected): Promise<void> {
  const { engine, editor } = connected;
  const facts = await attemptShell(container, async (): Promise<Facts> => {
    const details = await engine.inspect('container', container.id);
    const [shells, users] = await Promise.all([
      shellsOf(engine, container.id, details.config.Env),
      usersOf(engine, container.id),
    ]);
    return { details, shells, users };
  });
  if (!facts.details.running) return offerForStopped(container, connected);
  if (facts.shells.length === 0) return offerForNoShell(container, connected);
  const choice = await choose(container, facts, connected);
  if (choice === undefined) return;
  await rememberChoice(editor, container, choice);
  const terminal = await shellTerminal(container, connected, choice);
  if (terminal !== undefined) await attemptShell(container, () => editor.openTerminal(terminal));
}

/** Shows the picker until the user opens the shell; undefined if the user cancels. */
async function choose(
  container: Container,
  facts: Facts,
  { editor }: Connected,
): Promise<ShellChoice | undefined> {
  let choice = rememberedChoice(editor, container);
  // A shell of another container with this image.
  if (choice.shell !== undefined && !facts.shells.includes(choice.shell))
    choice = withProperty(choice, 'shell', undefined);
  for (;;) {
    const title = t('Attach Shell to {0}', container.name);
    const action = await editor.pick(title, rowsOf(choice, facts));
    if (action === undefined || action === 'open') return action && choice;
    choice = action === 'reset' ? {} : await change(choice, action, { title, facts, editor });
  }
}

function rowsOf(choice: ShellChoice, facts: Facts): readonly Choice<Action>[] {
  const { workdir, env = [], privileged = false } = choice;
  const user = choice.user ?? ownUser(facts);
  const shell = nameOf(shellFor(choice, facts));
  const directory = workdir ?? ownDirectory(facts);
  const row = (
    value: Action,
    label: string,
    description: string,
    icon: string,
  ): Choice<Action> => ({
    label,
    description,
    icon,
    value,
  });
  const count =
    env.length === 1 ? t('1 additional variable') : t('{0} additional variables', env.length);
  const environment = env.length === 0 ? t('that of the container') : count;
  const open = row('open', t('Attach {0} as {1}', shell, user), directory, 'terminal');
  const details = joinDetails(
    directory,
    env.length === 0 ? undefined : count,
    privileged ? t('privileged') : undefined,
  );
  return [
    { ...open, description: details },
    { ...row('shell', t('Shell'), shell, 'terminal-bash'), heading: t('Options') },
    row('user', t('User'), user, 'account'),
    row('workdir', t('Working Directory'), directory, 'folder'),
    row('env', t('Environment Variables'), environment, 'symbol-variable'),
    row('privileged', t('Privileged'), privileged ? t('yes') : t('no'), 'shield'),
    ...(Object.keys(choice).length > 0
      ? [row('reset', t('Reset Options'), t('uses the defaults of the container'), 'discard')]
      : []),
  ];
}

interface Asking {
  readonly title: string;
  readonly facts: Facts;
  readonly editor: Connected['editor'];
}

/** Asks for one option; the choice is unchanged if the user cancels. */
async function change(
  choice: ShellChoice,
  action: keyof ShellChoice,
  asking: Asking,
): Promise<ShellChoice> {
  switch (action) {
    case 'shell':
      return changeShell(choice, asking);
    case 'user':
      return changeUser(choice, asking);
    case 'workdir':
      return changeDirectory(choice, asking);
    case 'env':
      return changeVariables(choice, asking);
    case 'privileged':
      return withProperty(choice, 'privileged', choice.privileged === true ? undefined : true);
  }
}

async function changeShell(choice: ShellChoice, asking: Asking): Promise<ShellChoice> {
  const { facts, editor } = asking;
  const shells = facts.shells.map((shell) => ({
    label: nameOf(shell),
    description: shell,
    value: shell,
  }));
  const picked = await editor.pick(`${asking.title}: ${t('Shell')}`, shells);
  return picked === undefined ? choice : withProperty(choice, 'shell', picked);
}

async function changeUser(choice: ShellChoice, asking: Asking): Promise<ShellChoice> {
  const { facts, editor } = asking;
  const own = ownUser(facts);
  const answer = await editor.ask(`${asking.title}: ${t('User')}`, {
    prompt: t('User name or ID, optionally followed by a colon and a group'),
    suggestions: Promise.resolve(uniqueSuggestions(userSuggestions(own, facts.users))),
    check: userError,
  });
  if (answer === undefined) return choice;
  // Without an explicit user, exec also works in images without /etc/passwd.
  const user = answer.trim() === own ? undefined : answer.trim();
  return withProperty(choice, 'user', user);
}

async function changeDirectory(choice: ShellChoice, asking: Asking): Promise<ShellChoice> {
  const { facts, editor } = asking;
  const home = findUser(facts.users, choice.user ?? ownUser(facts))?.home;
  const answer = await editor.ask(`${asking.title}: ${t('Working Directory')}`, {
    prompt: t('Path of a directory in the container'),
    suggestions: Promise.resolve(uniqueSuggestions(directorySuggestions(facts, home || undefined))),
    check: directoryError,
  });
  if (answer === undefined) return choice;
  const workdir = answer.trim() === ownDirectory(facts) ? undefined : answer.trim();
  return withProperty(choice, 'workdir', workdir);
}

async function changeVariables(choice: ShellChoice, asking: Asking): Promise<ShellChoice> {
  const answer = await asking.editor.ask(`${asking.title}: ${t('Environment Variables')}`, {
    prompt: t('Separated by spaces; quote values that contain spaces'),
    placeholder: 'NAME=value',
    value: (choice.env ?? []).map(quoteVariable).join(' '),
    check: variablesError,
  });
  if (answer === undefined) return choice;
  const env = splitWords(answer);
  return withProperty(choice, 'env', env.length === 0 ? undefined : env);
}

/** The choice with a property set, or without it. */
function withProperty<K extends keyof ShellChoice>(
  choice: ShellChoice,
  name: K,
  value: ShellChoice[K],
): ShellChoice {
  const others: ShellChoice = Object.fromEntries(
    Object.entries(choice).filter(([other]) => other !== name),
  );
  return value === undefined ? others : { ...others, [name]: value };
}

function shellFor({ shell, user }: ShellChoice, facts: Facts): string {
  const who = user ?? (facts.details.config.User || '0');
  return shell ?? preferredShell(facts.shells, findUser(facts.users, who)?.shell) ?? '';
}

function ownUser({ details }: Facts): string {
  return details.config.User || 'root';
}

function ownDirectory({ details }: Facts): string {
  return details.config.WorkingDir || '/';
}

function splitWords(line: string): readonly string[] {
  return wordsOf(line, { folder: undefined, variables: {} }).words;
}

function quoteVariable(pair: string): string {
  const at = pair.indexOf('=') + 1;
  const value = pair.slice(at);
  if (/^[\w@%+=:,./-]*$/.test(value)) return pair;
  return `${pair.slice(0, at)}'${value.replaceAll("'", "'\\''")}'`;
}

function variablesError(text: string): string | undefined {
  const wrong = splitWords(text).find((word) => !/^[^=\s]+=/.test(word));
  return wrong === undefined ? undefined : t('{0} is not a variable; use NAME=value.', wrong);
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

function directorySuggestions(facts: Facts, home: string | undefined): readonly Suggestion[] {
  return [
    { text: ownDirectory(facts), description: t('working directory of the container') },
    ...(home === undefined ? [] : [{ text: home, description: t('home directory of the user') }]),
    ...facts.details.mounts.map(({ destination }) => ({
      text: destination,
      description: t('mount point'),
    })),
    { text: '/' },
  ];
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
