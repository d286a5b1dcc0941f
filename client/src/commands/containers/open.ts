import { t } from '@vscode/l10n';
import type { Container, Engine } from '../../engine/engine.ts';
import { command } from '../command.ts';
import type { Tools } from '../../ui/tools.ts';
import type { Choice } from '../../ui/editor.ts';
import {
  addressOf,
  hostOf,
  printedIn,
  publishedAddress,
  webPorts,
} from '../../logs/web-address.ts';

export default command({
  title: 'Open Port of Container in Browser…',
  shortTitle: 'Open in Browser…',
  icon: 'globe',
  on: 'container',
  needs: ['running', 'published'],
  group: '1_open',
  single: true,
  async run([container], tools) {
    if (container === undefined) return;
    const choices = await addressesOf(container, tools);
    const [only] = choices;
    const address =
      choices.length === 1
        ? only?.value
        : await tools.editor.pick(t('Open {0} in the browser', container.name), choices);
    if (address !== undefined) await tools.editor.openInBrowser(address);
  },
});

/** The one that it printed with a token comes first: without the token its page asks for it. */
async function addressesOf(
  container: Container,
  { engine, state }: Tools,
): Promise<readonly Choice<string>[]> {
  const host = hostOf((await state()).address);
  const token = printedIn(await endOf(await engine(), container.id));
  const page = token && publishedAddress(token, container, host);
  const rest = webPorts(container)
    .filter(({ container: inside }) => page === undefined || inside !== token?.port)
    .map((port) => ({
      label: addressOf(port, host),
      description: t('port {0} in the container', port.container),
      value: addressOf(port, host),
    }));
  if (page === undefined) return rest;
  const label = page.replace(/\?.*$/, '');
  return [{ label, description: t('with the token from its log'), value: page }, ...rest];
}

const lines = 2000;
const mostBytes = 1_000_000;

/** What it printed last, as far as that is soon read; a log that cannot be read has no token. */
async function endOf(engine: Engine, id: string): Promise<string> {
  const controller = new AbortController();
  const decoder = new TextDecoder();
  let text = '';
  try {
    const log = engine.logs(id, { follow: false, tail: lines }, controller.signal);
    for await (const chunk of log) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > mostBytes) break;
    }
  } catch {
    return text;
  } finally {
    controller.abort();
  }
  return text;
}
