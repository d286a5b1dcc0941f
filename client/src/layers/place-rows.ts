/** The lists of wasted space and of the biggest files. */
import { t } from '@vscode/l10n';
import { formatCount, formatSize } from '../ui/format.ts';
import type { Analysis } from './analysis.ts';
import type { LayersView, PlaceRow } from './page.ts';
import { fileSentence, wastedSentence, type LayerNames } from './sentences.ts';
import { biggestFiles, wastedPlaces } from './wasted-places.ts';

const mostPlaces = 100;
const mostBigFiles = 20;

export function wastedPart(
  names: LayerNames,
  analysis: Analysis,
): NonNullable<LayersView['wasted']> {
  const places = wastedPlaces(analysis);
  const rest = places.slice(mostPlaces);
  const total = formatSize(sum(places.map(({ bytes }) => bytes)));
  return {
    summary:
      places.length === 0 ? '' : places.length === 1 ? t('{0} in 1 place', total) : t('{0} in {1} places', total, formatCount(places.length)), // prettier-ignore
    rows: places.slice(0, mostPlaces).map((place): PlaceRow => ({
      path: analysis.paths.display(place.node),
      size: formatSize(place.bytes),
      sentence: wastedSentence(names, place),
    })),
    more:
      rest.length === 0 ? '' : t('{0} more places, {1}', formatCount(rest.length), formatSize(sum(rest.map(({ bytes }) => bytes)))), // prettier-ignore
  };
}

export function biggestPart(names: LayerNames, analysis: Analysis): readonly PlaceRow[] {
  return biggestFiles(analysis, mostBigFiles).map((file) => ({
    path: analysis.paths.display(file.node),
    size: formatSize(file.bytes),
    sentence: fileSentence(names, file),
  }));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
