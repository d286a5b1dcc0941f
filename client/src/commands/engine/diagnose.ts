import { t } from '@vscode/l10n';
import type { Address } from '../../engine/address.ts';
import { command } from '../command.ts';
import type { ConnectionState } from '../../ui/tools.ts';
import type { Editor } from '../../ui/editor.ts';

export default command({
  title: 'What Is Wrong with the Connection?',
  icon: 'question',
  async run(_, { state, editor, reconnect }) {
    const found = await editor.meanwhile(t('Looking for the Docker engine…'), state);
    if (found.trouble === undefined) {
      await reconnect();
      await editor.tell(t('The engine at {0} answers.', found.address?.url ?? ''));
      return;
    }
    const ways = waysForward(found, editor);
    const pressed = await editor.warn(sentences(found), ...ways.map(({ button }) => button));
    await ways.find(({ button }) => button === pressed)?.act();
  },
});

function sentences({ trouble, address }: ConnectionState): string {
  const fact = trouble?.message.replace(/[.。]?$/, '.') ?? '';
  return address === undefined ? fact : `${fact} ${whoSaysSo(address)}`;
}

/** What a person has to change to have another address. */
function whoSaysSo({ source, context, url }: Address): string {
  switch (source) {
    case 'window':
      return t('The context {0} was chosen for this window.', context ?? '');
    case 'setting':
      return t('The setting drydock.engine.host names {0}.', url);
    case 'config':
      return t('The docker command uses the context {0}.', context ?? '');
    case 'default':
      return t('{0} is the usual place; nothing names another.', url);
    default:
      return t('The variable {0} says so.', source);
  }
}

interface Way {
  readonly button: string;
  act(): unknown;
}

function waysForward({ address, trouble }: ConnectionState, editor: Editor): readonly Way[] {
  const ways: Way[] = [];
  const { place } = address ?? {};
  if (place?.kind === 'ssh' && trouble?.kind !== 'misconfigured') {
    const user = place.user === undefined ? [] : ['-l', place.user];
    const port = place.port === undefined ? [] : ['-p', String(place.port)];
    const words = ['ssh', ...user, ...port, '--', place.host, 'docker', 'version'];
    // Typed, not run; and only where every word is one for any shell.
    if (words.every((word) => /^[\w.@:%+-]+$/.test(word))) {
      ways.push({
        button: t('Try in a Terminal'),
        act: () => editor.typeInTerminal(words.join(' ')),
      });
    }
  }
  if (address?.source === 'setting') {
    ways.push({ button: t('Open Setting'), act: () => editor.openSetting('engine.host') });
  }
  ways.push({ button: t('Show Log'), act: () => editor.showLog() });
  return ways;
}
