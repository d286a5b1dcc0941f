/** Sentences with links to lines of the Dockerfile. */
import type { Part, Sentence } from '../../src/layers/page.ts';
import { element } from '../elements.ts';

export type Go = (line: number) => void;

/** The parts of a sentence as elements; links are buttons, as they act in the editor. */
export function partNodes(sentence: Sentence, go: Go): readonly Node[] {
  return sentence.map((part) => partNode(part, go));
}

export function partNode({ text, isCode, line }: Part, go: Go): Node {
  if (line !== undefined) {
    const link = element('button', { type: 'button', className: 'btn link', textContent: text });
    link.addEventListener('click', (event) => {
      event.stopPropagation();
      go(line);
    });
    return link;
  }
  if (isCode === true) return element('code', { textContent: text });
  return document.createTextNode(text);
}
