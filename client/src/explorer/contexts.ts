/** The Contexts view: the engines that this user knows, which one this window speaks with, which the docker command. */
import { t } from '@vscode/l10n';
import type { Address } from '../engine/address.ts';
import type { Context, ContextStore } from '../engine/contexts.ts';
import type { EngineVersion } from '../engine/engine.ts';
import { joinDetails } from '../ui/format.ts';
import type { FileView, Item } from './item.ts';
import { markdownTable } from '../ui/markdown.ts';

/** What this window speaks with, as far as it has come. */
export interface CurrentConnection {
  readonly address?: Address;
  /** Once it has answered. */
  readonly version?: EngineVersion;
}

export interface ContextsOptions {
  readonly store: () => Promise<ContextStore>;
  readonly inUse: () => CurrentConnection;
}

export function contextsView({ store, inUse }: ContextsOptions): FileView {
  return {
    id: 'contexts',
    title: 'Contexts',
    subjectKind: 'context',
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
  inUse: CurrentConnection,
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
  const description = joinDetails(t('from {0}', from), t('this window'), answered(inUse));
  const row: Item = {
    id: 'contexts/other',
    label: address.url,
    description,
    icon: iconOf(true, inUse),
    accessibilityLabel: joinDetails(address.url, description).replaceAll(' · ', ', '),
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
  readonly inUse: CurrentConnection;
  readonly override: ContextStore['override'];
}

function contextItem(context: Context, { used, inUse, override }: Sight): Item {
  const { name, description: about, host, current, builtin } = context;
  const docker = current && override === undefined;
  const description = joinDetails(
    hostName(host),
    used ? t('this window') : undefined,
    docker ? t('default Docker context') : undefined,
    used ? answered(inUse) : undefined,
  );
  return {
    id: `context/${name}`,
    label: name,
    description,
    icon: iconOf(used, inUse),
    accessibilityLabel: joinDetails(name, description).replaceAll(' · ', ', '),
    tooltip: markdownTable(name, [
      [t('Description'), about],
      [t('Address'), host],
      [t('Used by this window'), used ? t('yes') : undefined],
      [t('Default Docker context'), current ? defaultContextText(override) : undefined],
    ]),
    subject: { kind: 'context', value: context },
    traits: [
      used ? 'in-use' : 'idle',
      builtin ? 'builtin' : 'own',
      current ? 'current' : 'not-current',
    ],
  };
}

function defaultContextText(override: ContextStore['override']): string {
  return override === undefined ? t('yes') : t('yes, but {0} takes precedence', override);
}

function answered({ version }: CurrentConnection): string {
  if (version === undefined) return t('not connected');
  return `${version.product === 'podman' ? 'Podman' : 'Docker'} ${version.version}`;
}

function iconOf(used: boolean, { version }: CurrentConnection): NonNullable<Item['icon']> {
  if (!used) return { name: 'vm' };
  return { name: 'vm-active', color: version === undefined ? 'charts.yellow' : 'charts.green' };
}

/** The socket of this machine needs no path to be told from others. */
function hostName(host: string): string {
  if (host === '') return t('no engine address');
  return /^unix:\/\/(\/var)?\/run\/docker\.sock$|^npipe:/.test(host) ? t('this machine') : host;
}
