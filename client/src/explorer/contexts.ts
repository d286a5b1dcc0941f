/** The Contexts view: the engines that this user knows, which one this window speaks with, which the docker command. */
import { t } from '@vscode/l10n';
import type { Address } from '../engine/address.ts';
import type { Context, ContextStore } from '../engine/contexts.ts';
import type { EngineVersion } from '../engine/engine.ts';
import { joined } from '../ui/format.ts';
import type { FileView, Item } from './item.ts';
import { table } from '../ui/markdown.ts';

/** What this window speaks with, as far as it has come. */
export interface InUse {
  readonly address?: Address;
  /** Once it has answered. */
  readonly version?: EngineVersion;
}

export interface ContextsOptions {
  readonly store: () => Promise<ContextStore>;
  readonly inUse: () => InUse;
}

export function contextsView({ store, inUse }: ContextsOptions): FileView {
  return {
    id: 'contexts',
    title: 'Contexts',
    holds: 'context',
    source: 'files',
    read: async () => {
      const known = await store();
      const contexts = await known.list();
      return () => contextItems(contexts, inUse(), known.override);
    },
  };
}

/** Rows of contexts; an address that no context names gets a row of its own, first. */
export function contextItems(
  contexts: readonly Context[],
  inUse: InUse,
  override: ContextStore['override'],
): readonly Item[] {
  const { address } = inUse;
  const used =
    address && (address.context ?? (address.source === 'default' ? 'default' : undefined));
  const rows = contexts.map((context) =>
    contextItem(context, { used: context.name === used, inUse, override }),
  );
  if (address === undefined || used !== undefined) return rows;
  const from = sourceName(address.source);
  const description = joined(t('by {0}', from), t('this window'), answered(inUse));
  const row: Item = {
    id: 'contexts/other',
    label: address.url,
    description,
    icon: iconOf(true, inUse),
    spoken: joined(address.url, description).replaceAll(' · ', ', '),
    traits: ['address'],
  };
  return [row, ...rows];
}

function sourceName(source: Address['source']): string {
  return source === 'setting' ? t('setting drydock.engine.host') : source;
}

interface Sight {
  /** By this window. */
  readonly used: boolean;
  readonly inUse: InUse;
  readonly override: ContextStore['override'];
}

function contextItem(context: Context, { used, inUse, override }: Sight): Item {
  const { name, description: about, host, current, builtin } = context;
  const docker = current && override === undefined;
  const description = joined(
    hostName(host),
    used ? t('this window') : undefined,
    docker ? t('docker command') : undefined,
    used ? answered(inUse) : undefined,
  );
  return {
    id: `context/${name}`,
    label: name,
    description,
    icon: iconOf(used, inUse),
    spoken: joined(name, description).replaceAll(' · ', ', '),
    tooltip: table(name, [
      [t('Description'), about],
      [t('Address'), host],
      [t('This window'), used ? t('uses it') : undefined],
      [t('docker command'), current ? usedByDocker(override) : undefined],
    ]),
    subject: { kind: 'context', value: context },
    traits: [
      used ? 'in-use' : 'idle',
      builtin ? 'builtin' : 'own',
      current ? 'current' : 'not-current',
    ],
  };
}

function usedByDocker(override: ContextStore['override']): string {
  return override === undefined ? t('uses it') : t('would use it, but {0} is set', override);
}

function answered({ version }: InUse): string {
  if (version === undefined) return t('not connected');
  return `${version.product === 'podman' ? 'Podman' : 'Docker'} ${version.version}`;
}

function iconOf(used: boolean, { version }: InUse): NonNullable<Item['icon']> {
  if (!used) return { name: 'vm' };
  return { name: 'vm-active', color: version === undefined ? 'charts.yellow' : 'charts.green' };
}

/** The socket of this machine needs no path to be told from others. */
function hostName(host: string): string {
  if (host === '') return t('names no engine');
  return /^unix:\/\/(\/var)?\/run\/docker\.sock$|^npipe:/.test(host) ? t('this machine') : host;
}
