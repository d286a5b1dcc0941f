import { t } from '@vscode/l10n';
import { contextNameTrouble, hostTrouble } from '../../engine/docker-cli/context-store.ts';
import type { NewContext } from '../../engine/contexts.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import type { Editor } from '../../ui/editor.ts';

export default command({
  title: 'Create Context…',
  icon: 'add',
  titleOf: ['contexts'],
  trusted: true,
  async run(_, { contexts, editor }) {
    const store = await contexts();
    const taken = new Set((await store.list()).map(({ name }) => name));
    const name = await editor.ask(t('Create Context'), {
      prompt: t('Name of the context'),
      check: (text) =>
        taken.has(text.trim())
          ? t('There is a context named {0} already', text.trim())
          : contextNameTrouble(text.trim()),
    });
    if (name === undefined) return;
    const host = await editor.ask(t('Create Context {0}: which engine?', name.trim()), {
      placeholder: 'ssh://me@box',
      prompt: t('Address of the engine'),
      check: (text) => hostTrouble(text.trim()),
    });
    if (host === undefined) return;
    const certificates = /^(tcp|https):/i.test(host.trim()) ? await chosenTls(editor) : {};
    if (certificates === undefined) return;
    const context = { name: name.trim(), host: host.trim(), ...certificates };
    await attempt(t('{0} was not created', context.name), () => store.create(context));
    editor.refresh();
  },
});

type Certificates = Pick<NewContext, 'ca' | 'cert' | 'key' | 'skipVerify'>;

/** A folder as DOCKER_CERT_PATH names it; undefined for cancel. */
async function chosenTls(editor: Editor): Promise<Certificates | undefined> {
  const way = await editor.pick<'folder' | 'none'>(t('Is the connection secured by TLS?'), [
    {
      label: t('With certificates…'),
      detail: t('A folder with ca.pem, cert.pem and key.pem; they are copied'),
      value: 'folder',
    },
    { label: t('Without'), detail: t('Whoever reaches the port may do anything'), value: 'none' },
  ]);
  if (way === undefined) return undefined;
  if (way === 'none') return {};
  const folder = await editor.chooseFolder(t('Folder with ca.pem, cert.pem and key.pem'));
  if (folder === undefined) return undefined;
  const file = (name: string): string => `${folder}/${name}.pem`;
  return { ca: file('ca'), cert: file('cert'), key: file('key') };
}
