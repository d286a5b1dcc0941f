import { t } from '@vscode/l10n';
import type { Address } from '../../engine/address.ts';
import { command } from '../command.ts';
import type { ConnectionState } from '../../ui/tools.ts';
import type { Editor } from '../../ui/editor.ts';

export default command({
  title: 'Diagnose Connection',
  icon: 'question',
  async run(_, { connectionState: state, editor, reconnect }) {
    const found = await editor.withWindowProgress(t('Connecting to the Docker engine…'), state);
    if (found.error === undefined) {
      await reconnect();
      await editor.showInformation(t('Connected to the engine at {0}.', found.address?.url ?? ''));
      return;
    }
    const ways = waysForward(found, editor);
    const pressed = await editor.showWarning(sentences(found), ...ways.map(({ button }) => button));
    await ways.find(({ button }) => button === pressed)?.act();
  },
});

function sentences({ error: trouble, address }: ConnectionState): string {
  const fact = trouble?.message.replace(/[.。]?$/, '.') ?? '';
  return address === undefined ? fact : `${fact} ${whoSaysSo(address)}`;
}

/** What a person has to change to have another address. */
function whoSaysSo({ source, context, url }: Address): string {
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

interface Way {
  readonly button: string;
  act(): unknown;
}

function waysForward({ address, error: trouble }: ConnectionState, editor: Editor): readonly Way[] {
  const ways: Way[] = [];
  const { place } = address ?? {};
  if (place?.kind === 'ssh' && trouble?.kind !== 'misconfigured') {
    const user = place.user === undefined ? [] : ['-l', place.user];
    const port = place.port === undefined ? [] : ['-p', String(place.port)];
    const words = ['ssh', ...user, ...port, '--', place.host, 'docker', 'version'];
    // Typed, not run; and only where every word is one for any shell.
    if (words.every((word) => /^[\w.@:%+-]+$/.test(word))) {
      ways.push({
        button: t('Try in Terminal'),
        act: () => editor.typeInTerminal(words.join(' ')),
      });
    }
  }
  if (address?.source === 'setting') {
    ways.push({ button: t('Open Settings'), act: () => editor.openSettings('engine.host') });
  }
  ways.push({ button: t('Show Output'), act: () => editor.showLog() });
  return ways;
}
