/** What the page shows around the lines: containers, counts, and problems. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { formatCount, formatSize, joinDetails } from '../ui/format.ts';
import type { LogReader } from './log-reader.ts';
import type { LogStore } from './log-store.ts';
import type { LogView } from './log-view.ts';
import { factsOf, laneNames, laneState } from './names.ts';
import type { LogState } from './page.ts';
import { countText } from './texts.ts';

export interface LogStateOptions {
  readonly store: LogStore;
  readonly view: LogView;
  readonly reader: Pick<LogReader, 'lanes' | 'problem' | 'isReading'>;
  readonly containers: readonly Container[];
  /** Numbers of containers whose lines are hidden. */
  readonly hidden: ReadonlySet<number>;
  /** Whether new lines can come. */
  readonly isLive: boolean;
  readonly searchProblem: string | undefined;
}

export function logState({
  store,
  view,
  reader: { lanes, problem, isReading },
  containers,
  hidden,
  isLive,
  searchProblem,
}: LogStateOptions): LogState {
  const names = laneNames(lanes);
  const { matches } = view;
  return {
    first: view.first,
    end: view.end,
    sources: lanes.map((lane, index) => ({
      name: names[index] ?? '',
      color: index,
      isHidden: hidden.has(index),
      state: laneState(lane),
    })),
    facts: factsOf(lanes, containers),
    size: sizeText(store),
    errors: countText('errors', store.errors.count),
    warnings: countText('warnings', store.warnings.count),
    restarts: countText('restarts', store.restarts.count),
    ...(matches && { matches: matches.count }),
    isSearching: view.query !== undefined && view.isBusy,
    isReading,
    isLive,
    ...(problem !== undefined && { problem }),
    ...(searchProblem !== undefined && { searchProblem }),
  };
}

/** `128,402 lines · 41 MB in memory`. */
function sizeText(store: LogStore): string {
  const count = store.end - store.first;
  const lines = count === 1 ? t('1 line') : t('{0} lines', formatCount(count));
  const dropped =
    store.dropped === 0
      ? undefined
      : t('{0} earlier lines not kept, Save writes all', formatCount(store.dropped));
  return joinDetails(lines, t('{0} in memory', formatSize(store.bytes)), dropped);
}
