/** Terminal colours of output, as elements; text is only ever text. */
import { ansiClasses, type AnsiSegment } from '../../src/ui/ansi-text.ts';
import { element } from '../elements.ts';

export { parseAnsi, type AnsiSegment, type AnsiStyle } from '../../src/ui/ansi-text.ts';

/** The nodes of segments; their classes are in ansi.css. */
export function ansiNodes(segments: readonly AnsiSegment[]): readonly Node[] {
  return segments.map(({ text, style }) => {
    const className = ansiClasses(style);
    return className === ''
      ? document.createTextNode(text)
      : element('span', { className, textContent: text });
  });
}
