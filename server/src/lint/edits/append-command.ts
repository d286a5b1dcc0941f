/** Adds a command to a RUN that is a chain of commands, with the same style of line breaks. */
import type { Fix } from '../rule.ts';
import type { Model } from '../../model/model.ts';
import type { Chain, Command, Statement } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { insert } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { lineBreak } from './lines.ts';

/** Adds a command at the end; undefined if the script is not a chain of commands with `&&`. */
export function appendCommand(model: Model, run: Run, command: string): Fix | undefined {
  const chain = plainChain(model, run);
  const last = chain?.kind === 'chain' ? chain.parts.at(-1) : chain;
  return last && !endsScript(last) ? addAfter(model, last, { chain, command }) : undefined;
}

/**
 * Adds a command after the one of the commands joined with `&&` that contains this part of the text; undefined if the
 * script is not such a chain.
 */
export function insertAfterPart(
  model: Model,
  run: Run,
  { inside, command }: { readonly inside: Node; readonly command: string },
): Fix | undefined {
  const chain = plainChain(model, run);
  const parts = chain?.kind === 'chain' ? chain.parts : chain ? [chain] : [];
  const part = parts.find(
    ({ span }) => span.start <= inside.span.start && inside.span.end <= span.end,
  );
  return part && !endsScript(part) ? addAfter(model, part, { chain, command }) : undefined;
}

/** The commands of the script, if nothing but `&&` joins them. */
function plainChain(model: Model, run: Run): Command | Chain | undefined {
  const script = model.script(run);
  const [chain, second] = script?.statements ?? [];
  if (chain === undefined || second !== undefined || run.heredocs.length > 0) return undefined;
  // In the background, the step would not wait for it.
  if (script?.separators.some(({ text }) => text === '&') === true) return undefined;
  if (chain.kind === 'command') return chain;
  const isPlain = chain.kind === 'chain' && chain.operators.every(({ text }) => text === '&&');
  return isPlain ? chain : undefined;
}

/** Whether no command runs after this one. */
function endsScript(part: Statement): boolean {
  return part.kind === 'command' && /^(?:exec|exit|return)$/.test(part.name?.text ?? '');
}

interface Addition {
  readonly chain: Command | Chain | undefined;
  readonly command: string;
}

function addAfter(model: Model, part: Statement, { chain, command }: Addition): Fix {
  const { escape } = model.source;
  const { isLeading, indent } = styleOf(model, chain);
  const lineEnd = ` ${escape}${lineBreak(model)}`;
  const joined =
    indent === undefined
      ? ` && ${command}`
      : isLeading
        ? `${lineEnd}${indent}&& ${command}`
        : ` &&${lineEnd}${indent}${command}`;
  return { title: t('Add `{0}`', command), edits: [insert(part.span.end, joined)] };
}

interface Style {
  /** Whether `&&` begins a line instead of ending one. */
  readonly isLeading: boolean;
  /** Undefined if the chain is on one line. */
  readonly indent: string | undefined;
}

/** The style of the last line break at an `&&`, or that of the words if there is none. */
function styleOf({ source: { text } }: Model, chain: Command | Chain | undefined): Style {
  const parts = chain?.kind === 'chain' ? chain.parts : chain ? [chain] : [];
  let style: Style | undefined;
  for (const [i, operator] of (chain?.kind === 'chain' ? chain.operators : []).entries()) {
    const before = indentAtEnd(text.slice(parts[i]?.span.end, operator.span.start));
    const after = indentAtEnd(text.slice(operator.span.end, parts[i + 1]?.span.start));
    if (before !== undefined) style = { isLeading: true, indent: before };
    else if (after !== undefined && style?.isLeading !== true)
      style = { isLeading: false, indent: after };
  }
  return style ?? { isLeading: true, indent: wordIndent(text, parts) };
}

/** The indentation of a word after this text; undefined if no line break is in it. */
function indentAtEnd(text: string): string | undefined {
  const lineStart = text.lastIndexOf('\n') + 1;
  return lineStart > 0 ? text.slice(lineStart) : undefined;
}

/** The shortest indentation of the lines that begin with an argument of a command. */
function wordIndent(text: string, parts: readonly Statement[]): string | undefined {
  let shortest: string | undefined;
  for (const part of parts)
    for (const { span } of part.kind === 'command' ? part.args : []) {
      // From the word backwards: the line may be long.
      let lineStart = span.start;
      while (text[lineStart - 1] === ' ' || text[lineStart - 1] === '\t') lineStart--;
      if (text[lineStart - 1] !== '\n') continue;
      const indent = text.slice(lineStart, span.start);
      if (shortest === undefined || indent.length < shortest.length) shortest = indent;
    }
  return shortest;
}
