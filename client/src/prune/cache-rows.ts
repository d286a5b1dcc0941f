/** The records of the build cache, as one row for each type. */
import { t } from '@vscode/l10n';
import type { CacheRecord } from '../engine/objects.ts';
import type { Prunable, PrunablePart } from './prunable.ts';

/** One object for each type of records that are not in use, the largest first. */
export function cacheRows(records: readonly CacheRecord[]): readonly Prunable[] {
  const types = new Map<string, PrunablePart[]>();
  for (const { id, type, size, inUse, shared, createdAt, lastUsedAt } of records) {
    if (inUse) continue;
    const part = { id, size: shared ? 0 : size, since: lastUsedAt ?? createdAt };
    types.set(type, [...(types.get(type) ?? []), part]);
  }
  return [...types].map(([type, parts]) =>
    withParts(
      {
        kind: 'cache',
        key: `cache ${type}`,
        label: cacheName(type),
        reason: '',
        size: 0,
        since: undefined,
        labels: {},
        preselected: true,
        parts,
        users: [],
      },
      parts,
    ),
  );
}

/** The row with only some of its records. */
export function withParts(row: Prunable, parts: readonly PrunablePart[]): Prunable {
  const latest = Math.max(...parts.map(({ since }) => since.getTime()));
  return {
    ...row,
    parts,
    reason: parts.length === 1 ? t('1 record') : t('{0} records', parts.length),
    size: parts.reduce((sum, { size }) => sum + size, 0),
    since: latest > 0 ? new Date(latest) : undefined,
  };
}

/** The type of the records of a row, as the option `--filter type=` names it. */
export function cacheTypeOf({ key }: Prunable): string {
  return key.slice('cache '.length);
}

function cacheName(type: string): string {
  switch (type) {
    case 'regular':
      return t('Build steps');
    case 'source.local':
      return t('Build contexts');
    case 'source.git.checkout':
      return t('Git checkouts');
    case 'exec.cachemount':
      return 'RUN --mount=type=cache';
    case 'frontend':
      return t('Dockerfile frontends');
    case 'internal':
      return t('Internal records');
    default:
      return type === '' ? t('Other records') : type;
  }
}
