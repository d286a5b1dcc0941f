/** The boxes of the stage graph, as accessible HTML elements, and the lines between them. */
import {
  layout,
  type Layout,
  type Link,
  type Point,
  type Size,
} from '../../src/stage-graph/layout.ts';
import type { GraphStage, GraphTexts, StageGraph } from '../../src/stage-graph/page.ts';
import { element } from '../elements.ts';
import { svg } from '../svg.ts';

type How = GraphStage['takes'][number]['how'];

/** All uses of one box by another are one line; `FROM` takes precedence. */
interface Line extends Link {
  readonly how: How;
}

/** Maximum number of uses listed in a box. */
const maxTakes = 8;
/** Minimum zoom when fitting the page, so that the text stays readable. */
const minimumFit = 0.55;

export class GraphView {
  readonly node = element('div', { className: 'graph' });
  zoom = 1;
  readonly #canvas = element('div', { className: 'canvas' });
  readonly #boxes: readonly HTMLElement[];
  readonly #lines: readonly Line[];
  readonly #paths: readonly SVGPathElement[];
  readonly #svg = svg('svg', { class: 'lines', 'aria-hidden': 'true' });

  constructor(
    { stages, images }: Omit<StageGraph, 'mermaid'>,
    texts: GraphTexts,
    go: (line: number) => void,
  ) {
    const names = [...stages.map(({ name }) => name), ...images];
    const boxOf = ({ stage, image }: GraphStage['takes'][number]) =>
      stage ?? stages.length + (image ?? 0);
    this.#lines = linesOf(stages, boxOf);
    this.#boxes = [
      ...stages.map((stage) => stageBox(stage, texts, (take) => names[boxOf(take)] ?? '', go)),
      ...images.map((image) => imageBox(image, texts)),
    ];
    this.#paths = this.#lines.map(({ how, to }) =>
      svg('path', {
        class: `line ${how}${stages[to]?.needed === false ? ' unneeded' : ''}`,
        'marker-end': `url(#arrow)`,
      }),
    );
    this.#svg.append(arrowHead(), ...this.#paths);
    this.#canvas.append(this.#svg, ...this.#boxes);
    this.node.append(this.#canvas);
    for (const [index, box] of this.#boxes.entries()) this.#highlightOnHover(box, index);
  }

  /** Lays out the graph; without a zoom it is fit to the page, in the direction that allows the larger zoom. */
  draw(room: Size, zoom: number | undefined): void {
    this.#canvas.style.setProperty('zoom', '1');
    const sizes = this.#boxes.map(({ offsetWidth, offsetHeight }) => ({
      width: offsetWidth,
      height: offsetHeight,
    }));
    const down = layout(sizes, this.#lines);
    const right = layout(sizes, this.#lines, 'right');
    const made = fitZoom(right, room) > fitZoom(down, room) ? right : down;
    this.zoom = zoom ?? Math.max(minimumFit, fitZoom(made, room));
    for (const [index, box] of this.#boxes.entries()) {
      const { x, y } = made.boxes[index] ?? { x: 0, y: 0 };
      box.style.left = `${String(x)}px`;
      box.style.top = `${String(y)}px`;
    }
    for (const [index, path] of this.#paths.entries())
      path.setAttribute('d', curve(made.links[index] ?? [], made === right));
    for (const node of [this.#canvas, this.#svg]) {
      node.style.width = `${String(Math.ceil(made.width))}px`;
      node.style.height = `${String(Math.ceil(made.height))}px`;
    }
    this.#canvas.style.setProperty('zoom', String(this.zoom));
  }

  /** Highlights the lines of a box that is hovered or focused. */
  #highlightOnHover(box: HTMLElement, index: number): void {
    const highlight = (on: boolean) => () => {
      for (const [at, { from, to }] of this.#lines.entries())
        if (from === index || to === index) this.#paths[at]?.classList.toggle('highlighted', on);
    };
    for (const event of ['pointerenter', 'focusin']) box.addEventListener(event, highlight(true));
    for (const event of ['pointerleave', 'focusout']) box.addEventListener(event, highlight(false));
  }
}

function linesOf(
  stages: readonly GraphStage[],
  boxOf: (take: GraphStage['takes'][number]) => number,
): readonly Line[] {
  return stages.flatMap(({ takes }, to) => {
    const found = new Map<number, Line>();
    const strength: readonly How[] = ['mount', 'copy', 'from'];
    for (const take of takes) {
      const from = boxOf(take);
      const present = found.get(from);
      if (!present || strength.indexOf(present.how) < strength.indexOf(take.how))
        found.set(from, { from, to, how: take.how });
    }
    return [...found.values()];
  });
}

/** The zoom that fits the page, at most 1. */
function fitZoom({ width, height }: Layout, room: Size): number {
  return Math.min(1, room.width / Math.max(1, width), room.height / Math.max(1, height));
}

function stageBox(
  stage: GraphStage,
  texts: GraphTexts,
  nameOf: (take: GraphStage['takes'][number]) => string,
  go: (line: number) => void,
): HTMLElement {
  const { name, base, line, target, needed, takes } = stage;
  const mark = target ? texts.target : needed ? undefined : texts.unneeded;
  const head = element(
    'button',
    { type: 'button', className: 'head' },
    element('span', { className: 'name', textContent: name }),
    ...(mark === undefined ? [] : [element('span', { className: 'mark', textContent: mark })]),
    element('span', { className: 'base', textContent: texts.from.replace('{0}', () => base) }),
  );
  head.addEventListener('click', () => go(line));
  const files = takes.filter(({ how }) => how !== 'from');
  const rows = files.slice(0, maxTakes).map((take) => {
    const words = take.how === 'copy' ? texts.copies : texts.mounts;
    const row = element(
      'button',
      { type: 'button', className: `take ${take.how}`, title: take.what },
      element('span', { className: 'what', textContent: take.what }),
      element('span', {
        className: 'source',
        textContent: words.replace('{0}', () => nameOf(take)),
      }),
    );
    row.addEventListener('click', () => go(take.line));
    return element('li', {}, row);
  });
  if (files.length > maxTakes) {
    const more = `+ ${String(files.length - maxTakes)}`;
    rows.push(element('li', { className: 'more', textContent: more }));
  }
  const classes = ['box', 'stage', ...(target ? ['target'] : []), ...(needed ? [] : ['unneeded'])];
  const box = element('div', { className: classes.join(' ') }, head);
  if (rows.length > 0) box.append(element('ul', {}, ...rows));
  return box;
}

function imageBox(image: string, texts: GraphTexts): HTMLElement {
  return element(
    'div',
    { className: 'box image', title: image },
    element('span', { className: 'name', textContent: image }),
    element('span', { className: 'mark', textContent: texts.image }),
  );
}

/** The path of a line: straight through layers, curved between them. */
function curve(points: readonly Point[], toTheRight: boolean): string {
  const text = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return points
    .map((point, index) => {
      const last = points[index - 1];
      if (!last) return `M${text(point)}`;
      const middle = { x: (last.x + point.x) / 2, y: (last.y + point.y) / 2 };
      const [a, b] = toTheRight
        ? [
            { ...last, x: middle.x },
            { ...point, x: middle.x },
          ]
        : [
            { ...last, y: middle.y },
            { ...point, y: middle.y },
          ];
      return `C${text(a)} ${text(b)} ${text(point)}`;
    })
    .join('');
}

function arrowHead(): SVGElement {
  const marker = svg('marker', {
    id: 'arrow',
    viewBox: '0 0 8 8',
    refX: '7.5',
    refY: '4',
    markerWidth: '8',
    markerHeight: '8',
    markerUnits: 'userSpaceOnUse',
    orient: 'auto',
  });
  marker.append(svg('path', { d: 'M0 0.5L8 4L0 7.5Z', class: 'arrow' }));
  const defs = svg('defs', {});
  defs.append(marker);
  return defs;
}
