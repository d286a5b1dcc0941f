import { t } from '@vscode/l10n';
import type { Container, Engine } from '../../engine/engine.ts';
import { copyIn } from '../../copy/copy.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { amount, mayOverwrite, tellCopied } from '../../copy/messages.ts';
import type { Editor } from '../../ui/editor.ts';
import { listed } from '../../ui/name-list.ts';
import { containerPathTrouble, nameOf } from '../../ui/paths.ts';

export default command({
  title: 'Copy to Container…',
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
      paths.length > 0 ? paths : await editor.chooseFiles(t('Copy to {0}', container.name));
    if (sources === undefined || sources.length === 0) return;
    const engine = await connected();
    const target = await chosenTarget(editor, engine, container);
    if (target === undefined) return;
    const names = listed(sources.map(nameOf));
    const copied = await editor.during(
      t('Copying {0} to {1}', names, container.name),
      (signal, report) =>
        attempt(t('{0} was not copied to {1}', names, container.name), () =>
          copyIn(
            engine,
            { container: container.id, sources, target },
            {
              signal,
              report: (bytes, total) => report(...amount(bytes, total)),
              mayOverwrite: (there) => mayOverwrite(editor, there, container.name),
            },
          ),
        ),
    );
    await tellCopied(editor, copied, `${container.name}:${target}`);
  },
});

async function chosenTarget(
  editor: Editor,
  engine: Engine,
  { id, name }: Container,
): Promise<string | undefined> {
  const key = `copy.in:${name}`;
  const typed = await editor.ask(t('Copy to {0}', name), {
    value: editor.recall(key) ?? (await workingFolder(engine, id)),
    prompt: t('A folder in the container, or the new name of a single file'),
    check: containerPathTrouble,
  });
  if (typed === undefined) return undefined;
  await editor.remember(key, typed.trim());
  return typed.trim();
}

/** Where the container's own program works, which is where its files mostly are. */
async function workingFolder(engine: Engine, id: string): Promise<string> {
  const details = (await engine.inspect('container', id)) as {
    readonly Config?: { readonly WorkingDir?: string };
  };
  const folder = details.Config?.WorkingDir ?? '';
  return folder === '' ? '/' : folder.endsWith('/') ? folder : `${folder}/`;
}
