/** Draws the stages of a Dockerfile and how they use each other. All texts arrive as data and are shown as text. */
import type { FromGraph, GraphTexts, ToGraph } from '../../src/stage-graph/page.ts';
import { button, element } from '../elements.ts';
import { GraphView } from './graph-view.ts';
import './graph.css';

/** State that is kept while the page is hidden. Without a zoom the graph is fit to the page. */
interface SavedState {
  readonly zoom?: number | undefined;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromGraph): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
const minimumZoom = 0.3;
const maximumZoom = 2;
let zoom = vscode.getState()?.zoom;
let view: GraphView | undefined;
let texts: GraphTexts | undefined;
let copy: HTMLButtonElement | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToGraph>) => {
  if (data.kind === 'show') show(data);
  else if (copy && texts) copy.textContent = texts.copied;
});
window.addEventListener('resize', () => draw());
vscode.postMessage({ kind: 'ready' });

function show({ texts: words, graph }: Extract<ToGraph, { kind: 'show' }>): void {
  const { scrollLeft, scrollTop } = document.documentElement;
  texts = words;
  view = new GraphView(graph, words, (line) => vscode.postMessage({ kind: 'go', line }));
  copy = button(words.copy, 'secondary', () => vscode.postMessage({ kind: 'copy' }));
  const zooms = element(
    'span',
    { className: 'zooms' },
    zoomButton('−', words.zoomOut, () => zoomTo(view ? view.zoom / 1.2 : 1)),
    zoomButton('+', words.zoomIn, () => zoomTo(view ? view.zoom * 1.2 : 1)),
    button(words.fit, 'secondary', () => zoomTo(undefined)),
  );
  const hasStages = graph.stages.length > 0;
  root.replaceChildren(
    element('h1', { textContent: words.title }),
    ...(hasStages ? [element('header', {}, zooms, copy), view.node] : []),
    ...(hasStages ? [] : [element('p', { textContent: words.empty })]),
  );
  root.removeAttribute('aria-busy');
  draw();
  document.documentElement.scrollTo(scrollLeft, scrollTop);
}

function zoomButton(symbol: string, label: string, onPress: () => void): HTMLButtonElement {
  const created = button(symbol, 'secondary', onPress);
  created.title = label;
  created.setAttribute('aria-label', label);
  return created;
}

function zoomTo(to: number | undefined): void {
  zoom = to === undefined ? undefined : Math.min(maximumZoom, Math.max(minimumZoom, to));
  vscode.setState({ zoom });
  draw();
}

function draw(): void {
  if (!view?.node.isConnected) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const room = {
    width: clientWidth - 2 * view.node.offsetLeft,
    height: clientHeight - view.node.offsetTop,
  };
  view.draw(room, zoom);
}
