import { t } from '@vscode/l10n';
import type { Container, Engine } from '../../engine/engine.ts';
import { copyIn } from '../../copy/copy.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { formatTransferred, confirmOverwrite, reportCopied } from '../../copy/messages.ts';
import type { Editor } from '../../ui/editor.ts';
import { formatNames } from '../../ui/name-list.ts';
import { containerPathError, baseName } from '../../ui/paths.ts';

export default command({
  title: 'Copy Files to Container…',
  icon: 'arrow-up',
  on: 'container',
  needs: ['created|running|paused|restarting|exited'],
  single: true,
  group: '2_do',
  onFiles: 'resourceScheme =~ /^(file|vscode-remote)$/',
  explorerOnly: true,
  async run([container], { engine: connected, editor }, { paths }) {
    if (container === undefined) return;
    const sources =
      paths.length > 0 ? paths : await editor.chooseFiles(t('Copy Files to {0}', container.name));
    if (sources === undefined || sources.length === 0) return;
    const engine = await connected();
    const target = await askForTarget(editor, engine, container);
    if (target === undefined) return;
    const names = formatNames(sources.map(baseName));
    const copied = await editor.withProgress(
      t('Copying {0} to {1}', names, container.name),
      (signal, report) =>
        attempt(t('Could not copy {0} to {1}', names, container.name), () =>
          copyIn(
            engine,
            { container: container.id, sources, target },
            {
              signal,
              report: (bytes, total) => report(...formatTransferred(bytes, total)),
              confirmOverwrite: (there) => confirmOverwrite(editor, there, container.name),
            },
          ),
        ),
    );
    await reportCopied(editor, copied, `${container.name}:${target}`);
  },
});

async function askForTarget(
  editor: Editor,
  engine: Engine,
  { id, name }: Container,
): Promise<string | undefined> {
  const key = `copy.in:${name}`;
  const typed = await editor.ask(t('Copy Files to {0}', name), {
    value: editor.getState(key) ?? (await workingDirectory(engine, id)),
    prompt: t('Destination directory in the container, or a new name for a single file'),
    check: containerPathError,
  });
  if (typed === undefined) return undefined;
  await editor.setState(key, typed.trim());
  return typed.trim();
}

/** The working directory of the container, where its files usually are. */
async function workingDirectory(engine: Engine, id: string): Promise<string> {
  const { WorkingDir: directory = '' } = (await engine.inspect('container', id)).config;
  return directory === '' ? '/' : directory.endsWith('/') ? directory : `${directory}/`;
}
