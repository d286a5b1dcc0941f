/** What is possible in a container that has no shell or does not run. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Choice, Editor } from '../ui/editor.ts';

/** Commands on the container with this name. */
const ways: Readonly<Record<Way, (name: string) => Choice<string>>> = {
  files: () => ({
    label: t('Browse Files'),
    detail: t('Browsing files does not require a shell.'),
    icon: 'folder',
    value: 'containers.files',
  }),
  copyOut: () => ({
    label: t('Copy Files from Container…'),
    detail: t('Copying files does not require a shell.'),
    icon: 'arrow-down',
    value: 'containers.copy-out',
  }),
  command: () => ({
    label: t('Run Command…'),
    detail: t('Runs one program of the container with arguments.'),
    icon: 'play',
    value: 'containers.run-command',
  }),
  tools: (name) => ({
    label: t('Open Tool Shell…'),
    detail: t('A shell from another image, with the processes, network and files of {0}.', name),
    icon: 'tools',
    value: 'containers.tool-shell',
  }),
  copy: () => ({
    label: t('Attach Shell to Copy…'),
    detail: t('Runs a shell in a new container with the same files.'),
    icon: 'terminal',
    value: 'containers.shell-in-copy',
  }),
  start: () => ({
    label: t('Start'),
    detail: t('A shell can be attached when the container runs.'),
    icon: 'play',
    value: 'containers.start',
  }),
  logs: () => ({
    label: t('View Logs'),
    icon: 'output',
    value: 'containers.logs',
  }),
};

type Way = 'files' | 'copyOut' | 'command' | 'tools' | 'copy' | 'start' | 'logs';
type Offering = { readonly editor: Editor };

/** Says that the container has no shell, and runs what the user picks. */
export function offerForNoShell(container: Container, { editor }: Offering): Promise<void> {
  const title = t('{0} does not contain a shell (distroless or FROM scratch)', container.name);
  return offer(container, title, {
    editor,
    offered: ['files', 'command', 'tools', 'copyOut', 'logs'],
  });
}

/** Says that the container does not run, and runs what the user picks. */
export function offerForStopped(container: Container, { editor }: Offering): Promise<void> {
  const title = t('{0} is not running', container.name);
  return offer(container, title, {
    editor,
    offered: ['start', 'copy', 'files', 'copyOut', 'logs'],
  });
}

async function offer(
  container: Container,
  title: string,
  { editor, offered }: Offering & { readonly offered: readonly Way[] },
): Promise<void> {
  const choices = offered.map((way) => ways[way](container.name));
  const available = await Promise.all(choices.map(({ value }) => editor.hasCommand(value)));
  const shown = choices.filter((_, index) => available[index]);
  const picked = await editor.pick(title, shown, t('select what to do instead'));
  if (picked !== undefined) await editor.runCommand(picked, { subject: container });
}
