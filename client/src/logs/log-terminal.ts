/** Shows logs in a terminal without input. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import type { LogOptions } from './log-lines.ts';
import { printMergedLogs } from './merged-logs.ts';
import { formatNamesOf } from '../ui/name-list.ts';
import { engineHost, findPrintedAddress, publishedAddress } from './web-address.ts';

/** Follows the logs of one or several containers in a terminal. Offers to open the first printed address with a token. */
export async function printLogs(
  tools: Tools,
  containers: readonly Container[],
  options: LogOptions,
): Promise<void> {
  const engine = await tools.engine();
  const [container, ...others] = containers;
  if (container === undefined) return;
  if (others.length > 0) {
    tools.editor.openOutputTerminal(
      t('{0}: logs', terminalName(containers)),
      'output',
      (print, signal) => {
        const watchers = new Map(
          containers.map((one) => [one.id, createAddressWatcher(tools, one)]),
        );
        const onText = ({ id }: Container, text: string): void => watchers.get(id)?.(text);
        return printMergedLogs(containers, { engine, options, print, onText, signal });
      },
    );
    return;
  }
  const { id, name } = container;
  tools.editor.openOutputTerminal(t('{0}: logs', name), 'output', async (print, signal) => {
    const decoder = new TextDecoder();
    const watchText = createAddressWatcher(tools, container);
    await attempt(t('Could not read the logs of {0}', name), async () => {
      for await (const chunk of engine.logs(id, { follow: true, ...options }, signal)) {
        const text = decoder.decode(chunk, { stream: true });
        print(text);
        watchText(text);
      }
    });
    print(`\n\u001B[2m${t('Log stream ended.')}\u001B[0m\n`);
  });
}

/** The compose project if all containers belong to the same one, else their names. */
function terminalName(containers: readonly Container[]): string {
  const [project, ...others] = new Set(containers.map((one) => one.project));
  return project !== undefined && others.length === 0 ? project : formatNamesOf(containers);
}

/** Searches the printed text until an address was offered. Lines can be split between chunks. */
function createAddressWatcher(tools: Tools, container: Container): (text: string) => void {
  const canServe =
    container.state === 'running' && container.ports.some(({ host }) => host !== undefined);
  let offered = !canServe;
  let rest = '';
  return (chunk) => {
    if (offered) return;
    const text = rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end).slice(-longestLine);
    const printed = text.includes('token=') ? findPrintedAddress(text.slice(0, end)) : undefined;
    if (printed === undefined) return;
    offered = true;
    void tools
      .connectionState()
      .then(({ address }) => publishedAddress(printed, container, engineHost(address)))
      .then((address) =>
        address === undefined ? undefined : offerAddress(tools, container, address),
      );
  };
}

const longestLine = 4096;

async function offerAddress(
  { editor }: Tools,
  { name }: Container,
  address: string,
): Promise<void> {
  const open = t('Open in Browser');
  const shown = address.replace(/\?.*$/, '');
  const pressed = await editor.showInformation(
    t('{0} serves a web page at {1}.', name, shown),
    open,
  );
  if (pressed === open) await editor.openInBrowser(address);
}
