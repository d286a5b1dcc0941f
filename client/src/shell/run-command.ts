/** Runs one program with arguments in a container; it does not need a shell. */
import { t } from '@vscode/l10n';
import { wordsOf, type Words } from '../command-line/words.ts';
import type { Container } from '../engine/engine.ts';
import { attempt } from '../ui/attempt.ts';
import type { Connected } from './open-shell.ts';

/** Asks for the command, and shows it in a terminal. The last command for the image is suggested. */
export async function runCommand(
  { id, name, image }: Container,
  { engine, editor }: Connected,
): Promise<void> {
  const key = `command:${image}`;
  const line = await editor.ask(t('Run Command in {0}', name), {
    prompt: t('A program in the container and its arguments; quote arguments that contain spaces'),
    value: editor.getState(key) ?? '',
    check: commandError,
  });
  if (line === undefined) return;
  await editor.setState(key, line);
  const { words } = wordsIn(line);
  await attempt(t('Could not run {0} in {1}', words[0] ?? '', name), () =>
    editor.openTerminal({
      name: `${name}: ${words[0]?.split('/').at(-1) ?? ''}`,
      icon: 'play',
      start: (size) =>
        engine.exec(id, words, { tty: true, env: ['TERM=xterm-256color'], ...(size && { size }) }),
    }),
  );
}

/** The words are those of a shell, but nothing is replaced: the container may not have one. */
function wordsIn(line: string): Words {
  return wordsOf(line, { folder: undefined, variables: {} });
}

function commandError(line: string): string | undefined {
  const { words, rest, unknown } = wordsIn(line);
  const [variable] = unknown;
  if (words.length === 0) return t('Enter a program, such as /app/server --help.');
  if (rest !== '') return t("Pipes, redirections and several commands require a shell: sh -c '…'");
  if (variable !== undefined)
    return t('{0} is not replaced without a shell; put it in single quotes.', variable);
  return undefined;
}
