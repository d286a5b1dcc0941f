/** The hover at a place, in a few sentences. */
import type { Document } from '../model/document.ts';
import { rulesNamed } from '../lint/rule-names.ts';
import type { PageAddress } from '../lint/page.ts';
import type { Registered } from '../lint/rule.ts';
import { mountTypes } from '../reference/instructions.ts';
import { outerInstructionAt } from '../syntax/nodes-at.ts';
import type { Flag, Instruction } from '../syntax/tree.ts';
import { contains, type Node, type Span } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { code, flagMarkdown, instructionMarkdown, mountOptionMarkdown } from './documentation.ts';
import {
  flagInfo,
  instructionInfo,
  mountOption,
  mountOptions,
  mountPartAt,
  mountTypeOf,
} from './facts.ts';
import type { Hover } from './hover-answer.ts';
import { imageHover } from './hover-image.ts';
import { variableHover } from './hover-variables.ts';
import { directiveHover, platformHover, wordHover } from './hover-words.ts';
import { permissions } from './permissions.ts';
import { programHover } from './hover-programs.ts';
import { stageMarkdown } from './stage-facts.ts';

/** Variables come before everything except keywords, because they can be part of everything else. */
export function hover(
  document: Document,
  offset: number,
  rules: readonly Registered[],
  rulePage: PageAddress,
): Hover | undefined {
  const instruction = document.model.instructionAt(offset);
  const rule = ruleHover(document, offset, rules, rulePage);
  if (!instruction) return rule ?? directiveHover(document, offset);
  return (
    rule ??
    keywordHover(document, instruction, offset) ??
    variableHover(document, instruction, offset) ??
    stageHover(document, offset) ??
    imageHover(document, instruction, offset) ??
    platformHover(instruction, offset) ??
    flagHover(document, instruction, offset) ??
    wordHover(document, instruction, offset) ??
    programHover(document, instruction, offset)
  );
}

function keywordHover(
  { tree }: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const { keyword, kind } = instruction;
  const info = contains(keyword.span, offset) ? instructionInfo(kind) : undefined;
  if (info) return { span: keyword.span, markdown: instructionMarkdown(info) };
  const parent = outerInstructionAt(tree, offset);
  if (parent?.kind !== 'ONBUILD' || !contains(parent.keyword.span, offset)) return undefined;
  const onbuild = instructionInfo('ONBUILD');
  return onbuild && { span: parent.keyword.span, markdown: instructionMarkdown(onbuild) };
}

function flagHover(
  document: Document,
  { flags, kind }: Instruction,
  offset: number,
): Hover | undefined {
  const flag = flags.find(({ span }) => contains(span, offset));
  const info = flag && flagInfo(kind, flag.name.text);
  if (!info) return undefined;
  if (!flag.value || offset <= flag.name.span.end) {
    return {
      span: { start: flag.span.start, end: flag.name.span.end },
      markdown: flagMarkdown(info),
    };
  }
  if (info.value === 'mount') return mountHover(flag, offset) ?? undefined;
  const { span, text } = flag.value;
  const stage = info.value === 'image-or-stage' ? document.model.stageNamed(text) : undefined;
  if (stage) return { span, markdown: stageMarkdown(document, stage) };
  const mode = info.value === 'mode' ? permissions(text) : undefined;
  return { span, markdown: mode === undefined ? flagMarkdown(info) : code(mode) };
}

function mountHover({ value }: Flag, offset: number): Hover | undefined {
  if (!value || value.raw.length !== value.span.end - value.span.start) return undefined;
  const part = mountPartAt(value.raw, value.span.start, offset);
  if (!part) return undefined;
  const span = { start: part.start, end: part.end };
  if (part.key === 'type') {
    const type = mountTypes.find((known) => known.type === part.value);
    return type && { span, markdown: `\`type=${type.type}\`: ${t(type.documentation)}` };
  }
  const option = mountOption(mountTypeOf(mountOptions(value.raw, value.span.start)), part.key);
  return option && { span, markdown: mountOptionMarkdown(option) };
}

function stageHover(document: Document, offset: number): Hover | undefined {
  const { model, text } = document;
  const symbol = model.symbolAt(offset);
  const use = symbol?.uses.find(({ span }) => contains(span, offset));
  if (symbol?.kind !== 'stage' || !use) return undefined;
  const name = text.slice(use.span.start, use.span.end);
  const stage =
    model.stages.findLast(({ from }) => from.name && contains(from.name.span, offset)) ??
    model.stageNamed(name);
  return stage && { span: use.span, markdown: stageMarkdown(document, stage) };
}

/** The rule that an ignore comment names. */
function ruleHover(
  { tree, text }: Document,
  offset: number,
  rules: readonly Registered[],
  rulePage: PageAddress,
): Hover | undefined {
  const touches = ({ span }: Node): boolean => contains(span, offset);
  const place = tree.comments.find(touches) ?? tree.directives.find(touches);
  if (!place || !/\b(?:ignore|skip)\s*=/i.test(text.slice(place.span.start, place.span.end))) {
    return undefined;
  }
  const span = wordAt(text, offset);
  const matchingRules = rulesNamed(text.slice(span.start, span.end), rules);
  const [only, second] = matchingRules;
  if (!only) return undefined;
  // One name of another tool can stand for several of our rules.
  if (second) {
    const rows = matchingRules.map(
      ({ id, rule }) => `- ${t(rule.summary)}: ${pageLink(id, rulePage)}`,
    );
    return { span, markdown: rows.join('\n') };
  }
  const [first = ''] = t(only.rule.why).split('\n\n');
  return {
    span,
    markdown: `**${t(only.rule.summary)}**\n\n${first}\n\n${pageLink(only.id, rulePage)}`,
  };
}

function pageLink(id: string, rulePage: PageAddress): string {
  const target = rulePage(id);
  return target === undefined ? code(id) : `[${id}](${target})`;
}

function wordAt(text: string, offset: number): Span {
  const isPart = (index: number): boolean => /[\w-]/.test(text.charAt(index));
  let { start, end } = { start: offset, end: offset };
  while (start > 0 && isPart(start - 1)) start--;
  while (isPart(end)) end++;
  return { start, end };
}
