import { t } from '@vscode/l10n';
import type { Container, Engine } from '../../engine/engine.ts';
import { command } from '../command.ts';
import type { Tools } from '../../ui/tools.ts';
import type { Choice } from '../../ui/editor.ts';
import {
  portAddress,
  engineHost,
  findPrintedAddress,
  publishedAddress,
  webPorts,
} from '../../logs/web-address.ts';

export default command({
  title: 'Open Container Port in Browser…',
  shortTitle: 'Open in Browser…',
  icon: 'globe',
  on: 'container',
  needs: ['running', 'published'],
  group: '1_open',
  order: 1,
  single: true,
  async run([container], tools) {
    if (container === undefined) return;
    const choices = await addressesOf(container, tools);
    const [only] = choices;
    const address =
      choices.length === 1
        ? only?.value
        : await tools.editor.pick(t('Open {0} in Browser', container.name), choices);
    if (address !== undefined) await tools.editor.openInBrowser(address);
  },
});

/** The address with a token from the logs comes first: without the token, the page asks for it. */
async function addressesOf(
  container: Container,
  { engine, connectionState }: Tools,
): Promise<readonly Choice<string>[]> {
  const host = engineHost((await connectionState()).address);
  const token = findPrintedAddress(await readLogEnd(await engine(), container.id));
  const page = token && publishedAddress(token, container, host);
  const rest = webPorts(container)
    .filter((port) => page === undefined || port.container !== token?.port)
    .map((port) => ({
      label: portAddress(port, host),
      description: t('container port {0}', port.container),
      value: portAddress(port, host),
    }));
  if (page === undefined) return rest;
  const label = page.replace(/\?.*$/, '');
  return [{ label, description: t('with the token from the logs'), value: page }, ...rest];
}

const maxLines = 2000;
const maxBytes = 1_000_000;

/** The end of the logs, up to a size that can be read quickly; empty if the logs cannot be read. */
async function readLogEnd(engine: Engine, id: string): Promise<string> {
  const controller = new AbortController();
  const decoder = new TextDecoder();
  let text = '';
  try {
    const log = engine.logs(id, { follow: false, tail: maxLines }, controller.signal);
    for await (const chunk of log) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > maxBytes) break;
    }
  } catch {
    return text;
  } finally {
    controller.abort();
  }
  return text;
}
