/** The large charts of a container: their scales, limits and texts. */
import { t } from '@vscode/l10n';
import { formatSize, joinDetails } from '../ui/format.ts';
import { metrics, type ChartView, type Metric, type Point } from './page.ts';
import type { MeasuredContainer } from './measured.ts';
import { formatSpan, percent, perSecond, roundUp, secondsUntil } from './values.ts';

/** Usage from which a limit is close. */
export const highShare = 0.9;

/** All charts; those without activity in the time span say so. */
export function chartsOf(measured: MeasuredContainer, span: number): readonly ChartView[] {
  return [
    cpuChart(measured),
    memoryChart(measured),
    networkChart(measured, span),
    diskChart(measured, span),
    processesChart(measured),
  ];
}

/** The highest value of these metrics, at least the minimum, so that small values are not enlarged. */
export function highest(
  points: readonly Point[],
  minimum: number,
  ...of: readonly Metric[]
): number {
  const indexes = of.map((metric) => metrics.indexOf(metric) + 1);
  let maximum = minimum;
  for (const point of points)
    for (const index of indexes) maximum = Math.max(maximum, point[index] ?? 0);
  return maximum;
}

function labelsOf(top: number, format: (value: number) => string): ChartView['labels'] {
  return [format(top), format(top / 2), '0'];
}

function cpuChart({ series, cpuLimit }: MeasuredContainer): ChartView {
  const { points, latest } = series;
  const top = Math.max(roundUp(highest(points, 5, 'cpu')), (cpuLimit ?? 0) * 100);
  return {
    id: 'cpu',
    title: t('CPU'),
    ...(cpuLimit !== undefined && { note: coresText(cpuLimit) }),
    value: latest === undefined ? '–' : percent(latest.cpu),
    lines: [{ metric: 'cpu' }],
    top,
    labels: labelsOf(top, percentLabel),
  };
}

function coresText(limit: number): string {
  return limit === 1 ? t('limit 1 core') : t('limit {0} cores', Number(limit.toFixed(2)));
}

/** Without `.0`. */
function percentLabel(value: number): string {
  return t('{0}%', Number(value.toFixed(1)));
}

function memoryChart({ series, ownLimit }: MeasuredContainer): ChartView {
  const { points, latest } = series;
  const used = latest?.memory;
  const top = roundUp(
    ownLimit === undefined ? highest(points, 1e6, 'memory') : Math.max(ownLimit * 1.1, used ?? 0),
  );
  const share = used !== undefined && ownLimit !== undefined ? used / ownLimit : undefined;
  const forecast = ownLimit === undefined ? undefined : forecastText(points, ownLimit);
  return {
    id: 'memory',
    title: t('Memory'),
    ...(forecast !== undefined && { note: forecast }),
    value:
      used === undefined
        ? '–'
        : joinDetails(formatSize(used), share === undefined ? undefined : percent(share * 100)),
    isHigh: share !== undefined && share >= highShare,
    lines: [{ metric: 'memory' }],
    top,
    labels: labelsOf(top, formatSize),
    ...(ownLimit !== undefined && {
      limit: { value: ownLimit, text: t('limit {0}', formatSize(ownLimit)) },
    }),
  };
}

function forecastText(points: readonly Point[], limit: number): string | undefined {
  const values = points.map(([at, , memory]) => [at ?? 0, memory ?? 0] as const);
  // Far from the limit, a line through the last minutes is a guess.
  if ((values.at(-1)?.[1] ?? 0) < limit / 2) return undefined;
  const seconds = secondsUntil(limit, values);
  if (seconds === undefined) return undefined;
  return seconds < 90
    ? t('limit reached in about {0} s', Math.max(10, Math.round(seconds / 10) * 10))
    : t('limit reached in about {0} min', Math.round(seconds / 60));
}

function networkChart({ series }: MeasuredContainer, span: number): ChartView {
  const { points, latest, rates } = series;
  const top = roundUp(highest(points, 1000, 'received', 'sent'));
  const total =
    latest && t('{0} received, {1} sent', formatSize(latest.received), formatSize(latest.sent));
  return {
    id: 'network',
    title: t('Network'),
    ...(total !== undefined && { note: total }),
    value: rates === undefined ? '–' : both(rates.received, rates.sent),
    lines: [
      { metric: 'received', label: t('received') },
      { metric: 'sent', label: t('sent') },
    ],
    top,
    labels: labelsOf(top, perSecond),
    ...(highest(points, 0, 'received', 'sent') === 0 && {
      idle: withTotal(
        t(
          'No network activity in the last {0}; the chart appears when there is some.',
          formatSpan(span),
        ),
        total,
      ),
    }),
  };
}

function diskChart({ series }: MeasuredContainer, span: number): ChartView {
  const { points, latest, rates } = series;
  const top = roundUp(highest(points, 1000, 'read', 'written'));
  const total =
    latest && t('{0} read, {1} written', formatSize(latest.read), formatSize(latest.written));
  return {
    id: 'disk',
    title: t('Disk'),
    ...(total !== undefined && { note: total }),
    value: rates === undefined ? '–' : both(rates.read, rates.written),
    lines: [
      { metric: 'read', label: t('read') },
      { metric: 'written', label: t('written') },
    ],
    top,
    labels: labelsOf(top, perSecond),
    ...(highest(points, 0, 'read', 'written') === 0 && {
      idle: withTotal(
        t(
          'No disk activity in the last {0}; the chart appears when there is some.',
          formatSpan(span),
        ),
        total,
      ),
    }),
  };
}

function both(first: number, second: number): string {
  return t('{0} and {1}', perSecond(first), perSecond(second));
}

function withTotal(sentence: string, total: string | undefined): string {
  return total === undefined ? sentence : `${sentence} ${t('In total: {0}.', total)}`;
}

function processesChart({ series }: MeasuredContainer): ChartView {
  const { points, latest } = series;
  const top = roundUp(highest(points, 10, 'processes') * 1.1);
  return {
    id: 'processes',
    title: t('Processes'),
    value: latest?.processes === undefined ? '–' : String(latest.processes),
    lines: [{ metric: 'processes' }],
    top,
    labels: labelsOf(top, (value) => String(Math.round(value))),
  };
}
