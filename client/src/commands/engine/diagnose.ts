import { t } from '@vscode/l10n';
import type { Address } from '../../engine/address.ts';
import { command } from '../command.ts';
import type { ConnectionState } from '../../ui/tools.ts';
import type { Editor } from '../../ui/editor.ts';

export default command({
  title: 'Diagnose Connection',
  icon: 'question',
  async run(_, { connectionState, editor, reconnect }) {
    const state = await editor.withWindowProgress(
      t('Connecting to the Docker engine…'),
      connectionState,
    );
    if (state.error === undefined) {
      await reconnect();
      await editor.showInformation(t('Connected to the engine at {0}.', state.address?.url ?? ''));
      return;
    }
    const actions = actionsFor(state, editor);
    const buttons = actions.map(({ button }) => button);
    const pressed = await editor.showWarning(messageFor(state), ...buttons);
    await actions.find(({ button }) => button === pressed)?.run();
  },
});

function messageFor({ error, address }: ConnectionState): string {
  const message = error?.message.replace(/[.\u3002]?$/, '.') ?? '';
  return address === undefined ? message : `${message} ${sourceText(address)}`;
}

/** Where the address is configured. */
function sourceText({ source, context, url }: Address): string {
  switch (source) {
    case 'window':
      return t('This window uses the context {0}.', context ?? '');
    case 'setting':
      return t('The setting drydock.engine.host is {0}.', url);
    case 'config':
      return t('The default Docker context is {0}.', context ?? '');
    case 'default':
      return t('{0} is the default address; no other address is configured.', url);
    default:
      return t('The address comes from the environment variable {0}.', source);
  }
}

interface Action {
  readonly button: string;
  run(): unknown;
}

function actionsFor({ address, error }: ConnectionState, editor: Editor): readonly Action[] {
  const actions: Action[] = [];
  const { endpoint } = address ?? {};
  if (endpoint?.kind === 'ssh' && error?.kind !== 'misconfigured') {
    const user = endpoint.user === undefined ? [] : ['-l', endpoint.user];
    const port = endpoint.port === undefined ? [] : ['-p', String(endpoint.port)];
    const words = ['ssh', ...user, ...port, '--', endpoint.host, 'docker', 'version'];
    // Inserted without running it, and only if no word needs quoting in any shell.
    if (words.every((word) => /^[\w.@:%+-]+$/.test(word))) {
      actions.push({
        button: t('Try in Terminal'),
        run: () => editor.typeInTerminal(words.join(' ')),
      });
    }
  }
  if (address?.source === 'setting') {
    actions.push({ button: t('Open Settings'), run: () => editor.openSettings('engine.host') });
  }
  actions.push({ button: t('Show Output'), run: () => editor.showLog() });
  return actions;
}
