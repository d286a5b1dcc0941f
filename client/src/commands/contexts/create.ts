import { t } from '@vscode/l10n';
import { contextNameError, hostError } from '../../engine/docker-cli/context-store.ts';
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
          ? t('A context named {0} already exists', text.trim())
          : contextNameError(text.trim()),
    });
    if (name === undefined) return;
    const host = await editor.ask(t('Create Context {0}: Engine Address', name.trim()), {
      placeholder: 'ssh://me@box',
      prompt: t('Address of the Docker engine'),
      check: (text) => hostError(text.trim()),
    });
    if (host === undefined) return;
    const certificates = /^(tcp|https):/i.test(host.trim()) ? await askForCertificates(editor) : {};
    if (certificates === undefined) return;
    const context = { name: name.trim(), host: host.trim(), ...certificates };
    await attempt(t('Could not create {0}', context.name), () => store.create(context));
    editor.refreshViews();
  },
});

type Certificates = Pick<NewContext, 'ca' | 'cert' | 'key' | 'skipVerify'>;

/** Asks for a folder with certificates, such as DOCKER_CERT_PATH; undefined for cancel. */
async function askForCertificates(editor: Editor): Promise<Certificates | undefined> {
  const choice = await editor.pick<'folder' | 'none'>(t('Does the engine use TLS?'), [
    {
      label: t('Use TLS certificates…'),
      detail: t('Copies ca.pem, cert.pem and key.pem from a folder'),
      value: 'folder',
    },
    {
      label: t('No TLS'),
      detail: t('Anyone who can reach the port controls the engine'),
      value: 'none',
    },
  ]);
  if (choice === undefined) return undefined;
  if (choice === 'none') return {};
  const folder = await editor.chooseFolder(t('Select Folder with ca.pem, cert.pem and key.pem'));
  if (folder === undefined) return undefined;
  const file = (name: string): string => `${folder}/${name}.pem`;
  return { ca: file('ca'), cert: file('cert'), key: file('key') };
}
