import { contains, encloses, type Node, type Span } from '../text/span.ts';
import type { Copy, Dockerfile, Flag, Heredoc, Instruction, Pair, Word } from './tree.ts';

/** The nodes right inside a word, a flag, a pair or a heredoc. */
function inside(node: Node): readonly Node[] {
  if ('variables' in node && 'raw' in node) return (node as Word).variables;
  if ('chomp' in node) {
    const { name, variables } = node as Heredoc;
    return [name, ...variables];
  }
  if ('legacy' in node) {
    const { key, value } = node as Pair;
    return value ? [key, value] : [key];
  }
  if ('form' in node && 'argv' in node) return node.argv as readonly Word[];
  if ('name' in node && !('kind' in node) && !('nameSpan' in node)) {
    const { name, value } = node as Flag;
    return value ? [name, value] : [name];
  }
  return [];
}

/** Sources, heredocs and target of COPY in the order in which they are written. */
function copyParts({ words, heredocs }: Copy): readonly Node[] {
  if (heredocs.length === 0) return words;
  const files = words.filter(({ span }) => !heredocs.some((one) => encloses(one.span, span)));
  return [...files, ...heredocs].sort((a, b) => a.span.start - b.span.start);
}

function argumentsOf(instruction: Instruction): readonly Node[] {
  switch (instruction.kind) {
    case 'RUN':
      return [...(instruction.command ? [instruction.command] : []), ...instruction.heredocs];
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return instruction.command ? [instruction.command] : [];
    case 'COPY':
    case 'ADD':
      return copyParts(instruction);
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return instruction.pairs;
    case 'HEALTHCHECK': {
      const { type, command } = instruction;
      return [type, command].filter((node) => node !== undefined);
    }
    case 'ONBUILD':
      return instruction.trigger ? [instruction.trigger] : [];
    default:
      return instruction.words;
  }
}

/** The nodes right inside a node of the tree, in order. */
export function children(node: Node): readonly Node[] {
  if ('keyword' in node) {
    const instruction = node as Instruction;
    return [instruction.keyword, ...instruction.flags, ...argumentsOf(instruction)];
  }
  return inside(node);
}

function reaches(node: Node, offset: number): boolean {
  if (contains(node.span, offset)) return true;
  if (!('chomp' in node)) return false;
  const { body, terminator } = node as Heredoc;
  const place: Span = { start: body.start, end: (terminator ?? body).end };
  return contains(place, offset);
}

/** All nodes that an offset touches, the outermost first; siblings in the order of the text. */
export function nodesAt(tree: Dockerfile, offset: number): readonly Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (!reaches(node, offset)) return;
    found.push(node);
    for (const child of children(node)) visit(child);
  };
  for (const node of [...tree.directives, ...tree.comments]) visit(node);
  for (const instruction of tree.instructions) visit(instruction);
  return found;
}

/** The instruction that an offset touches; inside ONBUILD it is the trigger where the offset touches that. */
export function instructionAt(tree: Dockerfile, offset: number): Instruction | undefined {
  const { instructions } = tree;
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instructions[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const instruction = instructions[low - 1];
  if (instruction === undefined || !contains(instruction.span, offset)) return undefined;
  if (instruction.kind !== 'ONBUILD' || !instruction.trigger) return instruction;
  return contains(instruction.trigger.span, offset) ? instruction.trigger : instruction;
}
