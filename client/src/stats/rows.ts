/** Measurements as the rows of a page: texts, numbers to sort by, scales of the drawings. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { Usage } from '../engine/usage.ts';
import { lookOf } from '../explorer/container-look.ts';
import { imageName, joined, size } from '../ui/format.ts';
import { metrics, type Cell, type Metric, type Scale, type StatsRow } from './page.ts';
import type { Rates, Series } from './series.ts';

/** A container and what is known of it. */
export interface Measured {
  readonly container: Container;
  /** It is there no more. */
  readonly gone: boolean;
  readonly series: Series;
}

/** `whole` hands out all points, for a page that has none. */
export function rowOf({ container, gone, series }: Measured, whole: boolean): StatsRow {
  const { id, name, image } = container;
  const state = stateOf(container, gone);
  return {
    id,
    name,
    about: imageName(image),
    ...(state !== undefined && { state }),
    cells: series.latest === undefined ? {} : cellsOf(series.latest, series.rates),
    scales: scalesOf(series),
    fresh: series.fresh(whole),
  };
}

/** What stands above the rows: all of them together. */
export function summaryOf(all: readonly Measured[]): string {
  const measured = all.flatMap(({ series }) => series.latest ?? []);
  const sum = (key: 'cpu' | 'memory') => measured.reduce((total, usage) => total + usage[key], 0);
  const processors = Math.max(0, ...measured.map((usage) => usage.processors ?? 0));
  if (measured.length === 0) return t('Nothing is measured');
  const count =
    measured.length === 1
      ? t('1 container is measured')
      : t('{0} containers are measured', measured.length);
  const cpu =
    processors === 0
      ? t('CPU {0}', percent(sum('cpu')))
      : t('CPU {0} of {1}', percent(sum('cpu')), percent(processors * 100));
  return joined(count, cpu, t('memory {0}', size(sum('memory'))));
}

/** Nothing to say of a container that runs. */
function stateOf(container: Container, gone: boolean): string | undefined {
  if (gone) return t('removed');
  if (container.state === 'running') return undefined;
  // Without its time, which would go stale here.
  const { exitCode, state } = container;
  if (state === 'exited' && exitCode !== undefined) return t('stopped, exit code {0}', exitCode);
  return lookOf(container, { starved: new Set(), passed: 0 }).words;
}

function cellsOf(usage: Usage, rates: Rates | undefined): StatsRow['cells'] {
  const { memory, memoryLimit, processes, processors } = usage;
  const flow = (key: keyof Rates): Cell => ({
    text: rates === undefined ? '–' : perSecond(rates[key]),
    more: t('{0} in all', size(usage[key])),
    order: rates?.[key] ?? 0,
  });
  return {
    cpu: {
      text: percent(usage.cpu),
      order: usage.cpu,
      ...(processors !== undefined && { more: t('of {0}', percent(processors * 100)) }),
    },
    memory: {
      text: size(memory),
      order: memory,
      ...(memoryLimit !== undefined && {
        more: t('{0} of {1}', percent((memory / memoryLimit) * 100), size(memoryLimit)),
      }),
    },
    received: flow('received'),
    sent: flow('sent'),
    read: flow('read'),
    written: flow('written'),
    ...(processes !== undefined && { processes: { text: String(processes), order: processes } }),
  };
}

function percent(value: number): string {
  return t('{0}%', value < 9.95 ? value.toFixed(1) : value.toFixed(0));
}

function perSecond(bytes: number): string {
  return t('{0}/s', size(bytes));
}

/** So that an idle container draws a quiet line: the least that a drawing reaches to. */
const least: Readonly<Record<Metric, number>> = {
  cpu: 5,
  memory: 1_000_000,
  received: 1000,
  sent: 1000,
  read: 1000,
  written: 1000,
};

const words: Readonly<Record<Metric, (value: number) => string>> = {
  cpu: percent,
  memory: size,
  received: perSecond,
  sent: perSecond,
  read: perSecond,
  written: perSecond,
};

function scalesOf({ points }: Series): StatsRow['scales'] {
  const scale = (metric: Metric, index: number): Scale => {
    let most = least[metric];
    for (const point of points) most = Math.max(most, point[index + 1] ?? 0);
    const top = round(most);
    return { top, text: words[metric](top) };
  };
  return Object.fromEntries(
    metrics.map((metric, index) => [metric, scale(metric, index)]),
  ) as Record<Metric, Scale>;
}

/** The next of 1, 2, 5, 10, 20 … */
export function round(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((one) => one * power >= value) ?? 10) * power;
}
