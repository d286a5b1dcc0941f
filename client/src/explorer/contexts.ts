/** The Contexts view: all Docker contexts, the one that this window uses and the default of the Docker CLI. */
import { t } from '@vscode/l10n';
import type { Address } from '../engine/address.ts';
import type { Context, ContextStore } from '../engine/contexts.ts';
import type { EngineVersion } from '../engine/engine.ts';
import { joinDetails } from '../ui/format.ts';
import type { FileView, Item } from './item.ts';
import { markdownTable } from '../ui/markdown.ts';

/** The connection of this window; fields are absent until they are known. */
export interface CurrentConnection {
  readonly address?: Address;
  /** Known after the engine has responded. */
  readonly version?: EngineVersion;
}

export interface ContextsOptions {
  readonly store: () => Promise<ContextStore>;
  readonly connection: () => CurrentConnection;
}

export function contextsView({ store, connection }: ContextsOptions): FileView {
  return {
    id: 'contexts',
    title: 'Contexts',
    subjectKind: 'context',
    source: 'files',
    read: async () => {
      const known = await store();
      const contexts = await known.list();
      return () => contextItems(contexts, connection(), known.override);
    },
  };
}

/** Rows of contexts; an address that belongs to no context has its own row at the top. */
export function contextItems(
  contexts: readonly Context[],
  connection: CurrentConnection,
  override: ContextStore['override'],
): readonly Item[] {
  const { address } = connection;
  const used =
    address && (address.context ?? (address.source === 'default' ? 'default' : undefined));
  const rows = contexts.map((context) =>
    contextItem(context, { usedByWindow: context.name === used, connection, override }),
  );
  if (address === undefined || used !== undefined) return rows;
  const from = sourceName(address.source);
  const description = joinDetails(t('from {0}', from), t('this window'), engineText(connection));
  const row: Item = {
    id: 'contexts/other',
    label: address.url,
    description,
    icon: iconOf(true, connection),
    accessibilityLabel: joinDetails(address.url, description).replaceAll(' · ', ', '),
    traits: ['address'],
  };
  return [row, ...rows];
}

function sourceName(source: Address['source']): string {
  return source === 'setting' ? t('setting drydock.engine.host') : source;
}

interface RowContext {
  /** Whether this window uses the context. */
  readonly usedByWindow: boolean;
  readonly connection: CurrentConnection;
  readonly override: ContextStore['override'];
}

function contextItem(context: Context, { usedByWindow, connection, override }: RowContext): Item {
  const { name, description: note, host, current, builtin } = context;
  const isDefault = current && override === undefined;
  const description = joinDetails(
    hostName(host),
    usedByWindow ? t('this window') : undefined,
    isDefault ? t('default Docker context') : undefined,
    usedByWindow ? engineText(connection) : undefined,
  );
  return {
    id: `context/${name}`,
    label: name,
    description,
    icon: iconOf(usedByWindow, connection),
    accessibilityLabel: joinDetails(name, description).replaceAll(' · ', ', '),
    tooltip: markdownTable(name, [
      [t('Description'), note],
      [t('Address'), host],
      [t('Used by this window'), usedByWindow ? t('yes') : undefined],
      [t('Default Docker context'), current ? defaultContextText(override) : undefined],
    ]),
    subject: { kind: 'context', value: context },
    traits: [
      usedByWindow ? 'in-use' : 'idle',
      builtin ? 'builtin' : 'own',
      current ? 'current' : 'not-current',
    ],
  };
}

function defaultContextText(override: ContextStore['override']): string {
  return override === undefined ? t('yes') : t('yes, but {0} takes precedence', override);
}

function engineText({ version }: CurrentConnection): string {
  if (version === undefined) return t('not connected');
  return `${version.product === 'podman' ? 'Podman' : 'Docker'} ${version.version}`;
}

function iconOf(used: boolean, { version }: CurrentConnection): NonNullable<Item['icon']> {
  if (!used) return { name: 'vm' };
  return { name: 'vm-active', color: version === undefined ? 'charts.yellow' : 'charts.green' };
}

/** The default socket of this machine is shown without its path. */
function hostName(host: string): string {
  if (host === '') return t('no engine address');
  return /^unix:\/\/(\/var)?\/run\/docker\.sock$|^npipe:/.test(host) ? t('this machine') : host;
}
