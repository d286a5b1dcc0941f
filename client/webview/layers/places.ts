/** The lists of wasted space and of the biggest files. */
import type { LayersTexts, LayersView, PlaceRow } from '../../src/layers/page.ts';
import { element } from '../elements.ts';
import { partNodes, type Go } from './sentence.ts';

/** What the layers page says at the side of the files. */
export function placesPane(
  { wasted, biggest }: LayersView,
  texts: LayersTexts,
  go: Go,
): readonly HTMLElement[] {
  const rows = wasted?.rows ?? [];
  const body =
    wasted === undefined
      ? [element('p', { className: 'muted empty', textContent: texts.notAnalyzed })]
      : rows.length === 0
        ? [element('p', { className: 'muted empty', textContent: texts.nothingWasted })]
        : rows.map((row) => placeNode(row, go));
  const more = wasted === undefined || wasted.more === '' ? [] : [note(wasted.more)];
  return [
    pane(texts.wasted, wasted?.summary ?? '', [...body, ...more]),
    ...(biggest === undefined || biggest.length === 0
      ? []
      : [
          pane(
            texts.biggest,
            '',
            biggest.map((row) => placeNode(row, go)),
          ),
        ]),
  ];
}

function pane(title: string, summary: string, children: readonly Node[]): HTMLElement {
  const head = element(
    'div',
    { className: 'ph' },
    element('h2', { textContent: title }),
    element('span', { className: 'grow' }),
    element('span', { className: 'muted small', textContent: summary }),
  );
  const created = element('section', { className: 'pane' }, head, ...children);
  created.setAttribute('aria-label', title);
  return created;
}

function placeNode({ path, size, sentence }: PlaceRow, go: Go): HTMLElement {
  return element(
    'div',
    { className: 'wl' },
    element('span', { className: 'mono cut', textContent: path, title: path }),
    element('span', { className: 'num', textContent: size }),
    element('span', { className: 'muted' }, ...partNodes(sentence, go)),
  );
}

function note(text: string): HTMLElement {
  return element('p', { className: 'muted small empty', textContent: text });
}
