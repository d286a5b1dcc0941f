import type { Document } from '../../model/document.ts';
import type { Image } from '../../images/image.ts';
import { edgesOf, imageName, isStage, nameOf } from './graph.ts';

/** The stages as a Mermaid flowchart; stages that the target does not need are dashed. Deterministic for a file. */
export function mermaid(document: Document): string {
  const { stages, target } = document.model;
  const images = new Map<string, string>();
  const lines = stages.map((stage) => {
    const [open, close] = stage === target ? ['([', '])'] : ['[', ']'];
    return `  ${idOf(stage.index)}${open}"${escaped(nameOf(stage))}"${close}`;
  });
  for (const { user, used, how } of edgesOf(document)) {
    const id = isStage(used) ? idOf(used.index) : imageId(images, used);
    const arrow = how === 'from' ? '-->' : how === 'copy' ? '-. COPY .->' : '-. mount .->';
    lines.push(`  ${id} ${arrow} ${idOf(user.index)}`);
  }
  for (const [name, id] of images) lines.push(`  ${id}[["${escaped(name)}"]]`);
  const unused = stages.filter(({ reachable }) => !reachable).map(({ index }) => idOf(index));
  if (unused.length > 0) {
    lines.push('  classDef unused stroke-dasharray: 4 4', `  class ${unused.join(',')} unused`);
  }
  return `flowchart LR\n${[...new Set(lines)].join('\n')}\n`;
}

function idOf(index: number): string {
  return `s${String(index)}`;
}

function imageId(images: Map<string, string>, image: Image): string {
  const name = imageName(image);
  const id = images.get(name) ?? `i${String(images.size)}`;
  images.set(name, id);
  return id;
}

/** Mermaid entities; names can contain any character until BuildKit has checked them. */
function escaped(name: string): string {
  return name.replace(/[^\w./:@ -]/g, (character) => `#${String(character.codePointAt(0))};`);
}
