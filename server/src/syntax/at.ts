/** The nodes of a tree from the outside in, each with what it is. */
import { contains, encloses, type Node, type Span } from '../text/span.ts';
import type {
  CommandLine,
  Comment,
  Copy,
  Directive,
  Dockerfile,
  Flag,
  Heredoc,
  Instruction,
  Pair,
  Variable,
  Word,
} from './tree.ts';

interface As<K extends string, N extends Node> {
  readonly kind: K;
  readonly node: N;
}

export type Nested =
  | As<'instruction', Instruction>
  | As<'flag', Flag>
  | As<'heredoc', Heredoc>
  | As<'pair', Pair>
  | As<'command', CommandLine>
  | As<'word', Word>
  | As<'variable', Variable>
  | As<'directive', Directive>
  | As<'comment', Comment>;

const words = (nodes: readonly Word[]): readonly Nested[] =>
  nodes.map((node) => ({ kind: 'word', node }));
const variables = (nodes: readonly Variable[]): readonly Nested[] =>
  nodes.map((node) => ({ kind: 'variable', node }));
const heredocsOf = (nodes: readonly Heredoc[]): readonly Nested[] =>
  nodes.map((node) => ({ kind: 'heredoc', node }));

/** Sources, heredocs and target of COPY in the order in which they are written. */
function copyParts(copy: Copy): readonly Nested[] {
  const { heredocs } = copy;
  if (heredocs.length === 0) return words(copy.words);
  const files = copy.words.filter(({ span }) => !heredocs.some((one) => encloses(one.span, span)));
  return [...words(files), ...heredocsOf(heredocs)].sort(
    (a, b) => a.node.span.start - b.node.span.start,
  );
}

function commandOf(node: CommandLine | undefined): readonly Nested[] {
  return node ? [{ kind: 'command', node }] : [];
}

function argumentsOf(instruction: Instruction): readonly Nested[] {
  switch (instruction.kind) {
    case 'RUN':
      return [...commandOf(instruction.command), ...heredocsOf(instruction.heredocs)];
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return commandOf(instruction.command);
    case 'COPY':
    case 'ADD':
      return copyParts(instruction);
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return instruction.pairs.map((node) => ({ kind: 'pair', node }));
    case 'HEALTHCHECK': {
      const { type, command } = instruction;
      return [...words(type ? [type] : []), ...commandOf(command)];
    }
    case 'ONBUILD':
      return instruction.trigger ? [{ kind: 'instruction', node: instruction.trigger }] : [];
    default:
      return words(instruction.words);
  }
}

/** The nodes right inside a node of the tree, in order. */
export function children(nested: Nested): readonly Nested[] {
  switch (nested.kind) {
    case 'instruction': {
      const { node } = nested;
      const flags = node.flags.map((flag): Nested => ({ kind: 'flag', node: flag }));
      return [...words([node.keyword]), ...flags, ...argumentsOf(node)];
    }
    case 'flag':
      return words(nested.node.value ? [nested.node.name, nested.node.value] : [nested.node.name]);
    case 'heredoc':
      return [...words([nested.node.name]), ...variables(nested.node.variables)];
    case 'pair':
      return words(nested.node.value ? [nested.node.key, nested.node.value] : [nested.node.key]);
    case 'command':
      return nested.node.form === 'exec' ? words(nested.node.argv) : [];
    case 'word':
      return variables(nested.node.variables);
    case 'variable':
    case 'directive':
    case 'comment':
      return [];
  }
}

function reaches({ kind, node }: Nested, offset: number): boolean {
  if (contains(node.span, offset)) return true;
  if (kind !== 'heredoc') return false;
  const { body, terminator } = node;
  const place: Span = { start: body.start, end: (terminator ?? body).end };
  return contains(place, offset);
}

/** All nodes that an offset touches, the outermost first; siblings in the order of the text. */
export function nodesAt(tree: Dockerfile, offset: number): readonly Nested[] {
  const found: Nested[] = [];
  const visit = (nested: Nested): void => {
    if (!reaches(nested, offset)) return;
    found.push(nested);
    for (const child of children(nested)) visit(child);
  };
  for (const node of tree.directives) visit({ kind: 'directive', node });
  for (const node of tree.comments) visit({ kind: 'comment', node });
  for (const node of tree.instructions) visit({ kind: 'instruction', node });
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
