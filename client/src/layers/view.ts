/** What the layers page shows, as plain data. */
import { t } from '@vscode/l10n';
import { displayName } from '../copy/names.ts';
import type { ImageDetails } from '../engine/details.ts';
import { ageBetween, formatAge, formatCount, formatElapsed, formatSize } from '../ui/format.ts';
import type { Analysis } from './analysis.ts';
import { repositoryOf, type LowerImage } from './base-image.ts';
import type {
  AnalysisState,
  ChangeKind,
  Figure,
  Figures,
  LayerRow,
  LayersView,
  OtherRow,
  Segment,
  Sentence,
  StepRow,
} from './page.ts';
import { fill, type LayerNames } from './sentences.ts';
import { biggestPart, sum, wastedPart } from './place-rows.ts';

export interface LayersFacts extends LayerNames {
  /** The tag of the image, or its short id. */
  readonly name: string;
  readonly details: ImageDetails;
  readonly lower: readonly LowerImage[];
  readonly analysis?: Analysis;
  readonly state: AnalysisState;
  /** The path of the Dockerfile as it is shown. */
  readonly sourceName: string;
  /** Milliseconds by the index of the step, if the build is known. */
  readonly times: ReadonlyMap<number, number>;
  readonly now: Date;
}

const mostOthers = 500;

export function layersView(facts: LayersFacts): LayersView {
  const sizes = sizesOf(facts);
  const layers = layerRows(facts, sizes);
  const { analysis } = facts;
  return {
    title: facts.name,
    facts: headFacts(facts),
    ...(facts.source && { again: t('Build Again') }),
    compare: t('Compare with…'),
    totals: totalsOf(facts, sizes),
    segments: segmentsOf(facts, sizes),
    layers,
    others: otherRows(facts),
    sum: sumOf(facts, layers, sizes),
    hasTimes: layers.some(({ figures }) => figures.time !== undefined),
    analysis: facts.state,
    ...(analysis && {
      wasted: wastedPart(facts, analysis),
      biggest: biggestPart(facts, analysis),
    }),
    notes: notesOf(analysis),
  };
}

/** Bytes of each layer: as the engine counts them, or from the files if it does not report them. */
function sizesOf({ steps, details, analysis }: LayersFacts): readonly number[] {
  const recorded = details.layers.map(
    (_, layer) => steps.find((step) => step.layer === layer)?.size,
  );
  const isKnown = recorded.every((size) => size !== undefined) && recorded.some((size) => size > 0);
  return recorded.map((size, layer) =>
    isKnown ? (size ?? 0) : (analysis?.counts[layer]?.bytes ?? size ?? 0),
  );
}

function headFacts({ details, steps, source, sourceName, now }: LayersFacts): readonly Sentence[] {
  const created = steps.at(-1)?.createdAt;
  const age = created === undefined ? undefined : formatAge(ageBetween(created, now));
  const platform = [{ text: t('Layers, {0}', `${details.os}/${details.architecture}`) }];
  if (source === undefined) {
    return [platform, ...(age === undefined ? [] : [[{ text: t('created {0}', age) }]])];
  }
  const file = { text: sourceName, line: 0 };
  const { edits } = source;
  return [
    platform,
    fill(t('built {0} from {1}', age ?? '', '{1}'), file, file),
    ...(edits === 0
      ? []
      : [[{ text: edits === 1 ? t('1 edit since') : t('{0} edits since', edits) }]]),
  ];
}

function totalsOf({ base, analysis }: LayersFacts, sizes: readonly number[]) {
  const total = sum(sizes);
  const own = sum(sizes.slice(base.count));
  const [bytes, wasted] = analysis ? contentTotals(analysis) : [];
  const efficiency = bytes === undefined || wasted === undefined ? '–' : percent(bytes, wasted);
  return [
    { label: t('Size'), value: formatSize(total) },
    ...(base.count === 0
      ? []
      : [{ label: t('Yours, above the base image'), value: formatSize(own) }]),
    { label: t('Efficiency'), value: efficiency },
    { label: t('Wasted'), value: wasted === undefined ? '–' : formatSize(wasted) },
  ];
}

function contentTotals({ counts }: Analysis): readonly [number, number] {
  return [sum(counts.map(({ bytes }) => bytes)), sum(counts.map(({ wasted }) => wasted))];
}

/** The part of the bytes that is not wasted; rounded down, so that 100 % means nothing is wasted. */
function percent(bytes: number, wasted: number): string {
  return `${bytes === 0 ? 100 : Math.floor((1 - wasted / bytes) * 100)} %`;
}

function layerRows(facts: LayersFacts, sizes: readonly number[]): readonly LayerRow[] {
  const { steps, details, analysis } = facts;
  const largest = Math.max(1, ...sizes);
  return details.layers.map((_, layer): LayerRow => {
    const at = steps.findIndex((step) => step.layer === layer);
    const row = stepRow(facts, at, layer < facts.base.count);
    const counts = analysis?.counts[layer];
    const size = sizes[layer] ?? 0;
    const words = row.text.replace(/^(?:--\S+ )+/, '');
    const shortText = row.keyword === 'RUN' ? words : `${row.keyword} ${words}`.trim();
    const time = facts.times.get(at);
    return {
      ...row,
      layer,
      share: size / largest,
      heading:
        row.text === '' ? t('Layer {0}', layer + 1) : t('Layer {0}: {1}', layer + 1, shortText),
      figures: {
        size: { text: formatSize(size), value: size },
        ...(time !== undefined && { time: { text: formatElapsed(time), value: time } }),
        ...(counts && {
          added: countFigure(counts.added),
          changed: countFigure(counts.changed),
          removed: countFigure(counts.removed),
          wasted: {
            text: counts.wasted === 0 ? '' : formatSize(counts.wasted),
            value: counts.wasted,
          },
        }),
      },
      counts: counts ? countLabels(counts) : {},
    };
  });
}

function countFigure(value: number): Figure {
  return { text: value === 0 ? '' : formatCount(value), value };
}

function countLabels(counts: Readonly<Record<ChangeKind, number>>) {
  return {
    ...(counts.added > 0 && { added: t('{0} added', formatCount(counts.added)) }),
    ...(counts.changed > 0 && { changed: t('{0} changed', formatCount(counts.changed)) }),
    ...(counts.removed > 0 && { removed: t('{0} removed', formatCount(counts.removed)) }),
  };
}

/** The instruction of a step, as it is written in the Dockerfile if that is known. */
function stepRow({ steps, source }: LayersFacts, at: number, isBase: boolean): StepRow {
  const step = steps[at];
  const written = source?.steps[at];
  const line = written?.line;
  return {
    keyword: written?.keyword ?? step?.keyword ?? '',
    // Control characters and those that change the direction of text are escaped.
    text: displayName(written?.text ?? step?.text ?? ''),
    isBase,
    ...(line !== undefined
      ? { source: { text: t('line {0}', line), line } }
      : isBase && { source: { text: t('base') } }),
  };
}

function otherRows(facts: LayersFacts): readonly OtherRow[] {
  let after = 0;
  const rows: OtherRow[] = [];
  facts.steps.forEach((step, at) => {
    if (step.layer !== undefined) after = step.layer + 1;
    else rows.push({ ...stepRow(facts, at, at < facts.base.firstOwnStep), after });
  });
  return rows.slice(-mostOthers);
}

function sumOf(facts: LayersFacts, layers: readonly LayerRow[], sizes: readonly number[]) {
  const others = facts.steps.filter(({ layer }) => layer === undefined).length;
  const total = (column: 'added' | 'changed' | 'removed') =>
    countFigure(sum(layers.map(({ figures }) => figures[column]?.value ?? 0)));
  const wasted = sum(layers.map(({ figures }) => figures.wasted?.value ?? 0));
  const times = layers.flatMap(({ figures }) => figures.time?.value ?? []);
  const figures: Figures = {
    size: { text: formatSize(sum(sizes)), value: 0 },
    ...(times.length > 0 && { time: { text: formatElapsed(sum(times)), value: 0 } }),
    ...(facts.analysis && {
      added: total('added'),
      changed: total('changed'),
      removed: total('removed'),
      wasted: { text: wasted === 0 ? '' : formatSize(wasted), value: 0 },
    }),
  };
  return {
    layers: layers.length === 1 ? t('1 layer') : t('{0} layers', layers.length),
    others: others === 0 ? '' : others === 1 ? t('1 instruction without a layer') : t('{0} instructions without a layer', others), // prettier-ignore
    figures,
  };
}

function segmentsOf(facts: LayersFacts, sizes: readonly number[]): readonly Segment[] {
  const parts = sizes.flatMap((bytes, layer): readonly Segment[] => {
    const wasted = Math.min(bytes, facts.analysis?.counts[layer]?.wasted ?? 0);
    const isBase = layer < facts.base.count;
    const label = isBase ? baseLabel(facts, layer, bytes) : ownLabel(facts, layer);
    const number = t('Layer {0}', layer + 1);
    const title = `${number} · ${formatSize(bytes)}`;
    const lost = `${number} · ${t('{0} wasted', formatSize(wasted))}`;
    return [
      { layer, kind: isBase ? 'base' : 'own', bytes: bytes - wasted, label, title },
      { layer, kind: 'wasted', bytes: wasted, label: '', title: lost },
    ];
  });
  return parts.filter(({ bytes }) => bytes > 0);
}

/** The image that ends with this layer: `debian 78.6 MB`. */
function baseLabel({ lower }: LayersFacts, layer: number, bytes: number): string {
  const name = lower.find(({ layers }) => layers === layer + 1)?.name;
  const last = name === undefined ? undefined : repositoryOf(name).split('/').at(-1);
  return last === undefined ? '' : `${last} ${formatSize(bytes)}`;
}

function ownLabel({ steps }: LayersFacts, layer: number): string {
  const step = steps.find((one) => one.layer === layer);
  if (step === undefined) return '';
  return step.keyword === 'RUN' ? `RUN ${step.text.slice(0, 40)}` : step.keyword;
}

function notesOf(analysis: Analysis | undefined): readonly string[] {
  const ignored = sum((analysis?.layers ?? []).map((layer) => layer.ignored));
  if (ignored === 0) return [];
  return [
    ignored === 1
      ? t('1 file is not shown because its name leads out of the image.')
      : t(
          '{0} files are not shown because their names lead out of the image.',
          formatCount(ignored),
        ),
  ];
}
