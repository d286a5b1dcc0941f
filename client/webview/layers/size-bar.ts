/** The bar that shows how large each layer is, and its key. */
import type { LayersTexts, Segment } from '../../src/layers/page.ts';
import { element } from '../elements.ts';

/** Below this share of the image, a label would be cut off. */
const labelShare = 0.04;

/** The parts of the bar; `choose` is called with the layer of the part that is clicked. */
export function segmentNodes(
  segments: readonly Segment[],
  selected: number | undefined,
  choose: (layer: number) => void,
): readonly HTMLElement[] {
  const total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  return segments.map(({ layer, kind, bytes, label, title }) => {
    const textContent = bytes / total < labelShare ? '' : label;
    const part = element('span', { className: kind, title, textContent });
    part.classList.toggle('sel', layer === selected && kind !== 'wasted');
    part.style.flexGrow = String(bytes);
    part.addEventListener('click', () => choose(layer));
    return part;
  });
}

export function keyNode({ key }: LayersTexts, kinds: ReadonlySet<Segment['kind']>): HTMLElement {
  const all = ['base', 'own', 'wasted'] as const;
  const parts = all
    .filter((kind) => kinds.has(kind))
    .map((kind) =>
      element('span', {}, element('i', { className: kind }), document.createTextNode(key[kind])),
    );
  return element('div', { className: 'key' }, ...parts);
}
