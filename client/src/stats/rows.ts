/** Converts measurements to rows of the page: texts, values to sort by, scales of the small charts. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Usage } from '../engine/usage.ts';
import { containerAppearance } from '../explorer/container-appearance.ts';
import { formatImageName, formatSize } from '../ui/format.ts';
import type { Host, MeasuredContainer } from './measured.ts';
import { chartsOf, highest, highShare } from './charts.ts';
import type { Cell, Cells, RowIcon, StatsRow } from './page.ts';
import type { Rates } from './series.ts';
import { percent, perSecond, roundUp } from './values.ts';

export interface RowOptions {
  /** Includes all points, for a page that does not have any. */
  readonly allPoints: boolean;
  /** The time span of the charts in milliseconds. */
  readonly span: number;
}

export function toRow(measured: MeasuredContainer, { allPoints, span }: RowOptions): StatsRow {
  const { container, removed, series, ownLimit, marks } = measured;
  const { id, name, image } = container;
  const { state, icon } = stateOf(container, removed);
  const limit = ownLimit ?? series.latest?.memoryLimit;
  return {
    id,
    name,
    image: formatImageName(image),
    icon,
    ...(state !== undefined && { state }),
    cells: series.latest === undefined ? {} : cellsOf(series.latest, measured),
    memoryTop: (limit ?? highest(series.points, 1e6, 'memory')) * 1.1,
    ...(ownLimit !== undefined && { memoryLimit: ownLimit }),
    charts: chartsOf(measured, span),
    marks,
    newPoints: series.takeNewPoints(allPoints),
  };
}

/** The upper end of the small CPU charts of all rows. */
export function cpuTopOf(all: readonly MeasuredContainer[]): number {
  return roundUp(Math.max(5, ...all.map(({ series }) => highest(series.points, 0, 'cpu'))));
}

/** The facts in the head of the page. */
export function factsOf(
  all: readonly MeasuredContainer[],
  host: Host | undefined,
): readonly string[] {
  const measured = all.flatMap(({ series }) => series.latest ?? []);
  if (measured.length === 0) return [t('No measurements')];
  const cores = sumOf(measured, 'cpu') / 100;
  const cpus = host?.cpus ?? Math.max(0, ...measured.map(({ processors = 0 }) => processors));
  const used = cores.toFixed(cores < 9.95 ? 2 : 1);
  const memory = formatSize(sumOf(measured, 'memory'));
  return [
    containerCount(measured.length),
    cpus === 0 ? t('CPU {0} cores', used) : cpuText(used, cpus),
    host === undefined
      ? t('memory {0}', memory)
      : t('memory {0} of {1}', memory, formatSize(host.memory)),
  ];
}

/** The row of totals; undefined for a single container. */
export function totalOf(
  all: readonly MeasuredContainer[],
  host?: Host,
): { readonly name: string; readonly cells: Cells } | undefined {
  if (all.length < 2) return undefined;
  const measured = all.flatMap(({ series }) => series.latest ?? []);
  const rates = all.flatMap(({ series }) => series.rates ?? []);
  const rate = (...keys: readonly (keyof Rates)[]): Cell => {
    const sum = keys.reduce((total, key) => total + sumOf(rates, key), 0);
    return { text: perSecond(sum), order: sum };
  };
  const cell = (order: number, format: (value: number) => string): Cell => ({
    text: format(order),
    order,
  });
  const processes = measured.reduce((total, usage) => total + (usage.processes ?? 0), 0);
  return {
    name: containerCount(all.length),
    cells: {
      cpu: cell(sumOf(measured, 'cpu'), percent),
      memory: {
        ...cell(sumOf(measured, 'memory'), formatSize),
        ...(host && { detail: t('of {0}', formatSize(host.memory)) }),
      },
      received: rate('received'),
      sent: rate('sent'),
      disk: rate('read', 'written'),
      processes: cell(processes, String),
    },
  };
}

function cpuText(used: string, cpus: number): string {
  return cpus === 1 ? t('CPU {0} of 1 core', used) : t('CPU {0} of {1} cores', used, cpus);
}

function containerCount(count: number): string {
  return count === 1 ? t('1 container') : t('{0} containers', count);
}

function sumOf<K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number {
  return all.reduce((total, one) => total + one[key], 0);
}

/** The state of a container as text is undefined for a healthy running one. */
function stateOf(
  container: Container,
  removed: boolean,
): { readonly state?: string; readonly icon: RowIcon } {
  if (removed) return { state: t('removed'), icon: 'stopped' };
  const { exitCode, state, health } = container;
  const appearance = containerAppearance(container, { oomKilled: new Set(), elapsed: 0 });
  if (state === 'running') {
    if (health === undefined || health === 'healthy') return { icon: 'running' };
    return { icon: 'warning', ...(appearance.health && { state: appearance.health }) };
  }
  if (state === 'paused') return { state: appearance.text, icon: 'paused' };
  // Without the time since its exit, which would become outdated here.
  if (state === 'exited' && exitCode !== undefined)
    return { state: t('exited ({0})', exitCode), icon: 'stopped' };
  return { state: appearance.text, icon: 'stopped' };
}

function cellsOf(usage: Usage, { series, ownLimit }: MeasuredContainer): Cells {
  const { rates } = series;
  const { memory, memoryLimit, processes } = usage;
  const rateCell = (...keys: readonly (keyof Rates)[]): Cell => {
    if (rates === undefined) return { text: '–', order: 0 };
    const sum = keys.reduce((total, key) => total + rates[key], 0);
    return { text: perSecond(sum), order: sum };
  };
  return {
    cpu: { text: percent(usage.cpu), order: usage.cpu },
    memory: {
      text: formatSize(memory),
      order: memory,
      isHigh: ownLimit !== undefined && memory / ownLimit >= highShare,
      ...(memoryLimit !== undefined && { detail: t('of {0}', formatSize(memoryLimit)) }),
    },
    received: rateCell('received'),
    sent: rateCell('sent'),
    disk: rateCell('read', 'written'),
    ...(processes !== undefined && { processes: { text: String(processes), order: processes } }),
  };
}
