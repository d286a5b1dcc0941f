/** Logs in a terminal that only prints. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { attempt } from '../ui/attempt.ts';
import type { Tools } from '../ui/tools.ts';
import type { LogOptions } from './log-lines.ts';
import { printTogether } from './merged-logs.ts';
import { named } from '../ui/name-list.ts';
import { hostOf, printedIn, publishedAddress } from './web-address.ts';

/** Follows them in a terminal, several in one; an address with a token that one prints is offered, once. */
export async function printLogs(
  tools: Tools,
  containers: readonly Container[],
  options: LogOptions,
): Promise<void> {
  const engine = await tools.engine();
  const [container, ...others] = containers;
  if (container === undefined) return;
  if (others.length > 0) {
    tools.editor.printout(t('{0}: logs', together(containers)), 'output', (print, signal) => {
      const looks = new Map(containers.map((one) => [one.id, offering(tools, one)]));
      const heard = ({ id }: Container, text: string): void => looks.get(id)?.(text);
      return printTogether(containers, { engine, options, print, heard, signal });
    });
    return;
  }
  const { id, name } = container;
  tools.editor.printout(t('{0}: logs', name), 'output', async (print, signal) => {
    const decoder = new TextDecoder();
    const look = offering(tools, container);
    await attempt(t('The logs of {0} cannot be read', name), async () => {
      for await (const chunk of engine.logs(id, { follow: true, ...options }, signal)) {
        const text = decoder.decode(chunk, { stream: true });
        print(text);
        look(text);
      }
    });
    print(`\n\u001B[2m${t('{0} writes no more.', name)}\u001B[0m\n`);
  });
}

/** The compose project where all are of one, else their names. */
function together(containers: readonly Container[]): string {
  const [project, ...others] = new Set(containers.map((one) => one.project));
  return project !== undefined && others.length === 0 ? project : named(containers);
}

/** Looks through what is printed until an address was offered; lines may be cut between chunks. */
function offering(tools: Tools, container: Container): (text: string) => void {
  const up =
    container.state === 'running' && container.ports.some(({ host }) => host !== undefined);
  let offered = !up;
  let rest = '';
  return (text) => {
    if (offered) return;
    const seen = rest + text;
    const end = seen.lastIndexOf('\n') + 1;
    rest = seen.slice(end).slice(-longestLine);
    const one = seen.includes('token=') ? printedIn(seen.slice(0, end)) : undefined;
    if (one === undefined) return;
    offered = true;
    void tools
      .state()
      .then(({ address }) => publishedAddress(one, container, hostOf(address)))
      .then((address) => (address === undefined ? undefined : offer(tools, container, address)));
  };
}

const longestLine = 4096;

async function offer({ editor }: Tools, { name }: Container, address: string): Promise<void> {
  const open = t('Open in Browser');
  const shown = address.replace(/\?.*$/, '');
  const pressed = await editor.tell(t('{0} shows a page at {1}.', name, shown), open);
  if (pressed === open) await editor.openInBrowser(address);
}
