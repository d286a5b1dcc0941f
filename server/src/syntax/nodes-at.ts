/** Finds nodes of a tree by offset. Each node is returned with its kind. */
import { firstFrom } from '../text/sorted.ts';
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

interface NodeWithKind<K extends string, N extends Node> {
  readonly kind: K;
  readonly node: N;
}

export type TreeNode =
  | NodeWithKind<'instruction', Instruction>
  | NodeWithKind<'flag', Flag>
  | NodeWithKind<'heredoc', Heredoc>
  | NodeWithKind<'pair', Pair>
  | NodeWithKind<'command', CommandLine>
  | NodeWithKind<'word', Word>
  | NodeWithKind<'variable', Variable>
  | NodeWithKind<'directive', Directive>
  | NodeWithKind<'comment', Comment>;

const words = (nodes: readonly Word[]): readonly TreeNode[] =>
  nodes.map((node) => ({ kind: 'word', node }));
const variables = (nodes: readonly Variable[]): readonly TreeNode[] =>
  nodes.map((node) => ({ kind: 'variable', node }));
const heredocsOf = (nodes: readonly Heredoc[]): readonly TreeNode[] =>
  nodes.map((node) => ({ kind: 'heredoc', node }));

/** Sources, heredocs and target of COPY, in the order of the text. */
export function copyParts(copy: Copy): readonly TreeNode[] {
  const { heredocs } = copy;
  if (heredocs.length === 0) return words(copy.words);
  const files = copy.words.filter(({ span }) => !heredocs.some((one) => encloses(one.span, span)));
  return [...words(files), ...heredocsOf(heredocs)].sort(
    (a, b) => a.node.span.start - b.node.span.start,
  );
}

function commandOf(node: CommandLine | undefined): readonly TreeNode[] {
  return node ? [{ kind: 'command', node }] : [];
}

function argumentsOf(instruction: Instruction): readonly TreeNode[] {
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

/** The direct children of a node, in order. */
export function children(treeNode: TreeNode): readonly TreeNode[] {
  switch (treeNode.kind) {
    case 'instruction': {
      const { node } = treeNode;
      const flags = node.flags.map((flag): TreeNode => ({ kind: 'flag', node: flag }));
      return [...words([node.keyword]), ...flags, ...argumentsOf(node)];
    }
    case 'flag':
      return words(
        treeNode.node.value ? [treeNode.node.name, treeNode.node.value] : [treeNode.node.name],
      );
    case 'heredoc':
      return [...words([treeNode.node.name]), ...variables(treeNode.node.variables)];
    case 'pair':
      return words(
        treeNode.node.value ? [treeNode.node.key, treeNode.node.value] : [treeNode.node.key],
      );
    case 'command':
      return treeNode.node.form === 'exec' ? words(treeNode.node.argv) : [];
    case 'word':
      return variables(treeNode.node.variables);
    case 'variable':
    case 'directive':
    case 'comment':
      return [];
  }
}

function reaches({ kind, node }: TreeNode, offset: number): boolean {
  if (contains(node.span, offset)) return true;
  if (kind !== 'heredoc') return false;
  const { body, terminator } = node;
  const place: Span = { start: body.start, end: (terminator ?? body).end };
  return contains(place, offset);
}

/** All nodes that touch an offset, outermost first; siblings in the order of the text. */
export function nodesAt(tree: Dockerfile, offset: number): readonly TreeNode[] {
  const found: TreeNode[] = [];
  const visit = (treeNode: TreeNode): void => {
    if (!reaches(treeNode, offset)) return;
    found.push(treeNode);
    for (const child of children(treeNode)) visit(child);
  };
  for (const node of tree.directives) visit({ kind: 'directive', node });
  for (const node of tree.comments) visit({ kind: 'comment', node });
  for (const node of tree.instructions) visit({ kind: 'instruction', node });
  return found;
}

/** The instruction that touches an offset, as a whole. */
export function outerInstructionAt(tree: Dockerfile, offset: number): Instruction | undefined {
  const { instructions } = tree;
  const instruction = instructions[firstFrom(instructions, offset + 1) - 1];
  return instruction && contains(instruction.span, offset) ? instruction : undefined;
}

/** The instruction that touches an offset; in ONBUILD, the trigger if the offset touches it. */
export function instructionAt(tree: Dockerfile, offset: number): Instruction | undefined {
  const instruction = outerInstructionAt(tree, offset);
  const trigger = instruction?.kind === 'ONBUILD' ? instruction.trigger : undefined;
  return trigger && contains(trigger.span, offset) ? trigger : instruction;
}
