/** Converts measurements to rows of the page: texts, values to sort by, scales of the charts. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Usage } from '../engine/usage.ts';
import { containerAppearance } from '../explorer/container-appearance.ts';
import { formatImageName, joinDetails, formatSize } from '../ui/format.ts';
import { metrics, type Cell, type Metric, type Scale, type StatsRow } from './page.ts';
import type { Rates, Series } from './series.ts';

/** A container and its measurements. */
export interface MeasuredContainer {
  readonly container: Container;
  /** Whether the container was removed. */
  readonly removed: boolean;
  readonly series: Series;
}

/** `allPoints` includes all points, for a page that does not have any. */
export function toRow(
  { container, removed, series }: MeasuredContainer,
  allPoints: boolean,
): StatsRow {
  const { id, name, image } = container;
  const state = stateOf(container, removed);
  return {
    id,
    name,
    image: formatImageName(image),
    ...(state !== undefined && { state }),
    cells: series.latest === undefined ? {} : cellsOf(series.latest, series.rates),
    scales: scalesOf(series),
    newPoints: series.takeNewPoints(allPoints),
  };
}

/** The summary above the rows: the totals of all containers. */
export function summaryOf(all: readonly MeasuredContainer[]): string {
  const measured = all.flatMap(({ series }) => series.latest ?? []);
  const sum = (key: 'cpu' | 'memory') => measured.reduce((total, usage) => total + usage[key], 0);
  const processors = Math.max(0, ...measured.map((usage) => usage.processors ?? 0));
  if (measured.length === 0) return t('No measurements');
  const count = measured.length === 1 ? t('1 container') : t('{0} containers', measured.length);
  const cpu =
    processors === 0
      ? t('CPU {0}', percent(sum('cpu')))
      : t('CPU {0} of {1}', percent(sum('cpu')), percent(processors * 100));
  return joinDetails(count, cpu, t('memory {0}', formatSize(sum('memory'))));
}

/** The state of a container; undefined for a running one. */
function stateOf(container: Container, removed: boolean): string | undefined {
  if (removed) return t('removed');
  if (container.state === 'running') return undefined;
  // Without the time since its exit, which would become outdated here.
  const { exitCode, state } = container;
  if (state === 'exited' && exitCode !== undefined) return t('exited ({0})', exitCode);
  return containerAppearance(container, { oomKilled: new Set(), elapsed: 0 }).text;
}

function cellsOf(usage: Usage, rates: Rates | undefined): StatsRow['cells'] {
  const { memory, memoryLimit, processes, processors } = usage;
  const rateCell = (key: keyof Rates): Cell => ({
    text: rates === undefined ? '–' : perSecond(rates[key]),
    detail: t('{0} total', formatSize(usage[key])),
    order: rates?.[key] ?? 0,
  });
  return {
    cpu: {
      text: percent(usage.cpu),
      order: usage.cpu,
      ...(processors !== undefined && { detail: t('of {0}', percent(processors * 100)) }),
    },
    memory: {
      text: formatSize(memory),
      order: memory,
      ...(memoryLimit !== undefined && {
        detail: t('{0} of {1}', percent((memory / memoryLimit) * 100), formatSize(memoryLimit)),
      }),
    },
    received: rateCell('received'),
    sent: rateCell('sent'),
    read: rateCell('read'),
    written: rateCell('written'),
    ...(processes !== undefined && { processes: { text: String(processes), order: processes } }),
  };
}

function percent(value: number): string {
  return t('{0}%', value < 9.95 ? value.toFixed(1) : value.toFixed(0));
}

function perSecond(bytes: number): string {
  return t('{0}/s', formatSize(bytes));
}

/** The minimum upper end of each chart, so that small values of an idle container are not enlarged. */
const minimumScale: Readonly<Record<Metric, number>> = {
  cpu: 5,
  memory: 1_000_000,
  received: 1000,
  sent: 1000,
  read: 1000,
  written: 1000,
};

const formatMetric: Readonly<Record<Metric, (value: number) => string>> = {
  cpu: percent,
  memory: formatSize,
  received: perSecond,
  sent: perSecond,
  read: perSecond,
  written: perSecond,
};

function scalesOf({ points }: Series): StatsRow['scales'] {
  const scale = (metric: Metric, index: number): Scale => {
    let maximum = minimumScale[metric];
    for (const point of points) maximum = Math.max(maximum, point[index + 1] ?? 0);
    const top = roundUp(maximum);
    return { top, text: formatMetric[metric](top) };
  };
  return Object.fromEntries(
    metrics.map((metric, index) => [metric, scale(metric, index)]),
  ) as Record<Metric, Scale>;
}

/** Rounds up to the next of 1, 2, 5, 10, 20 … */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((one) => one * power >= value) ?? 10) * power;
}
