/** Draws the stages of a Dockerfile and what they take from each other. All texts arrive as data and are shown as text. */
import type { FromGraph, GraphTexts, ToGraph } from '../../src/stage-graph/page.ts';
import { button, element } from '../elements.ts';
import { GraphView } from './graph-view.ts';
import './graph.css';

/** What outlives the page while another one stands in its place; no zoom: as large as fits. */
interface Kept {
  readonly zoom?: number | undefined;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromGraph): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
const smallest = 0.3;
const largest = 2;
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
    sized('−', words.smaller, () => zoomTo(view ? view.zoom / 1.2 : 1)),
    sized('+', words.larger, () => zoomTo(view ? view.zoom * 1.2 : 1)),
    button(words.fit, 'secondary', () => zoomTo(undefined)),
  );
  const some = graph.stages.length > 0;
  root.replaceChildren(
    element('h1', { textContent: words.title }),
    ...(some ? [element('header', {}, zooms, copy), view.node] : []),
    ...(some ? [] : [element('p', { textContent: words.empty })]),
  );
  root.removeAttribute('aria-busy');
  draw();
  document.documentElement.scrollTo(scrollLeft, scrollTop);
}

function sized(sign: string, label: string, pressed: () => void): HTMLButtonElement {
  const made = button(sign, 'secondary', pressed);
  made.title = label;
  made.setAttribute('aria-label', label);
  return made;
}

function zoomTo(to: number | undefined): void {
  zoom = to === undefined ? undefined : Math.min(largest, Math.max(smallest, to));
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
