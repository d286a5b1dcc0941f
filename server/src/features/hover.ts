/** The hover at a place, in a few sentences. */
import type { Document } from '../model/document.ts';
import { rulesNamed } from '../lint/rule-names.ts';
import type { PageAddress } from '../lint/page.ts';
import type { Registered } from '../lint/rule.ts';
import { environment } from '../reference/environment.ts';
import { mountTypes } from '../reference/instructions.ts';
import type { Flag, Instruction } from '../syntax/tree.ts';
import { contains, type Node, type Span } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { bindingIn, bindingMarkdown, globalBinding } from './binding.ts';
import { variablesOf } from '../shell/variables.ts';
import { code, flagMarkdown, instructionMarkdown, mountOptionMarkdown } from './documentation.ts';
import {
  flagInfo,
  instructionInfo,
  mountOption,
  mountParts,
  mountTypeOf,
  predefined,
} from './facts.ts';
import type { Hover } from './hover-answer.ts';
import { imageHover } from './hover-image.ts';
import { directiveHover, platformHover, wordHover } from './hover-words.ts';
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
    wordHover(document, instruction, offset)
  );
}

function keywordHover(
  { model }: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const { keyword, kind } = instruction;
  const info = contains(keyword.span, offset) ? instructionInfo(kind) : undefined;
  if (info) return { span: keyword.span, markdown: instructionMarkdown(info) };
  const parent = model.each('ONBUILD').find(({ keyword: { span } }) => contains(span, offset));
  const onbuild = parent && instructionInfo('ONBUILD');
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

/** `755` in the notation of `ls`. */
function permissions(octal: string): string | undefined {
  if (!/^0?[0-7]{3}$/.test(octal)) return undefined;
  return Array.from(octal.slice(-3))
    .map((digit) =>
      ['r', 'w', 'x'].map((letter, bit) => (Number(digit) & (4 >> bit) ? letter : '-')),
    )
    .flat()
    .join('');
}

function mountHover({ value }: Flag, offset: number): Hover | undefined {
  if (!value || value.raw.length !== value.span.end - value.span.start) return undefined;
  const parts = mountParts(value.raw, value.span.start);
  const part = parts.find(({ start, end }) => start <= offset && offset <= end);
  if (!part) return undefined;
  const span = { start: part.start, end: part.end };
  if (part.key === 'type') {
    const type = mountTypes.find((known) => known.type === part.value);
    return type && { span, markdown: `\`type=${type.type}\`: ${t(type.documentation)}` };
  }
  const option = mountOption(mountTypeOf(parts), part.key);
  return option && { span, markdown: mountOptionMarkdown(option) };
}

function variableHover(
  document: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const { model, text } = document;
  // The name of a variable starts after `$` or `${`.
  const opener = /^(?:\$\{?|\{)/.exec(text.slice(offset, offset + 2))?.[0].length ?? 0;
  const symbol = model.symbolAt(offset) ?? model.symbolAt(offset + opener);
  const use = symbol?.uses.find(
    ({ span }) => contains(span, offset) || span.start === offset + opener,
  );
  if (symbol?.kind !== 'variable' || !use) return globalInScript(document, instruction, offset);
  const { name, uses } = symbol;
  if (use.role === 'definition') {
    const pairs = instruction.kind === 'ARG' || instruction.kind === 'ENV' ? instruction.pairs : [];
    const value = pairs.find(({ key }) => contains(key.span, offset))?.value?.text;
    const reads = uses.filter(({ role }) => role === 'read').length;
    const meaning = meaningOf(instruction, name);
    const usage = usageMarkdown(reads);
    // A variable that a program reads is used even if the file never mentions it again.
    const description =
      meaning === undefined ? usage : reads === 0 ? meaning : `${meaning} ${usage}`;
    return { span: use.span, markdown: `${heading(name, value)}${description}` };
  }
  const binding = bindingIn(document, instruction, { name, span: use.span });
  // A rule reports undeclared names in FROM, where no base image can set them.
  if (binding === undefined && instruction.kind === 'FROM') return undefined;
  const description = binding ? bindingMarkdown(document, binding) : unsetMarkdown(document, name);
  return { span: use.span, markdown: `${heading(name, binding?.value)}${description}` };
}

/** A variable of a script that is declared only before the first FROM. */
function globalInScript(
  document: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const script = document.model.script(instruction);
  if (script === undefined) return undefined;
  const { reads, writes } = variablesOf(script);
  const read = reads.find(({ span }) => contains(span, offset));
  if (read === undefined || writes.some(({ name }) => name === read.name)) return undefined;
  if (globalBinding(document, read.name) === undefined) return undefined;
  return {
    span: read.nameSpan,
    markdown: `${heading(read.name, undefined)}${unsetMarkdown(document, read.name)}`,
  };
}

function usageMarkdown(reads: number): string {
  if (reads === 0) return t('Not used in this file.');
  return reads === 1 ? t('Used once in this file.') : t('Uses in this file: {0}.', reads);
}

/** The description of a predefined variable, or of one that programs read. */
function meaningOf({ kind }: Instruction, name: string): string | undefined {
  const known =
    kind === 'ARG' ? predefined(name) : environment.find((variable) => variable.name === name);
  return known && t(known.documentation);
}

function unsetMarkdown(document: Document, name: string): string {
  return globalBinding(document, name) !== undefined
    ? t('Declared before the first `FROM`. To use it in this stage, add {0}.', code(`ARG ${name}`))
    : t('Not set in this stage; empty unless the base image sets it.');
}

function heading(name: string, value: string | undefined): string {
  return `${code(value === undefined ? `$${name}` : `$${name} = ${value}`)}\n\n`;
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
