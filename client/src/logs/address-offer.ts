/** Offers to open the first address with a token that a container prints, as Jupyter does. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { LogBatch } from '../engine/log-batch.ts';
import type { Tools } from '../ui/tools.ts';
import { engineHost, findPrintedAddress, publishedAddress } from './web-address.ts';

type Needed = Pick<Tools, 'connectionState' | 'editor'>;

/** Looks at the lines of a container until an address was offered. */
export class AddressOffer {
  readonly #tools: Needed;
  readonly #container: Container;
  #isOver: boolean;

  constructor(tools: Needed, container: Container) {
    this.#tools = tools;
    this.#container = container;
    const canServe = container.ports.some(({ host }) => host !== undefined);
    this.#isOver = container.state !== 'running' || !canServe;
  }

  read({ text, ends }: LogBatch, from: number, to: number): void {
    if (this.#isOver) return;
    const start = from === 0 ? 0 : (ends[from - 1] ?? 0) + 1;
    const bytes = Buffer.from(text.buffer, text.byteOffset + start, (ends[to - 1] ?? 0) - start);
    if (!bytes.includes('token=')) return;
    const printed = findPrintedAddress(bytes.toString());
    if (printed === undefined) return;
    this.#isOver = true;
    void this.#tools
      .connectionState()
      .then(({ address }) => publishedAddress(printed, this.#container, engineHost(address)))
      .then((address) => (address === undefined ? undefined : this.#offer(address)));
  }

  async #offer(address: string): Promise<void> {
    const { editor } = this.#tools;
    const open = t('Open in Browser');
    const shown = address.replace(/\?.*$/, '');
    const pressed = await editor.showInformation(
      t('{0} serves a web page at {1}.', this.#container.name, shown),
      open,
    );
    if (pressed === open) await editor.openInBrowser(address);
  }
}
