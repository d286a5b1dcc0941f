/** Hovers for variables: of the file, and of scripts. */
import type { Document } from '../model/document.ts';
import { environment } from '../reference/environment.ts';
import { hasKnownValues, valueInfo } from '../reference/environment-values.ts';
import { assignmentBefore, isAssignment } from '../shell/variable-groups.ts';
import type { VariableUse } from '../shell/variable-uses.ts';
import type { Instruction, Pair } from '../syntax/tree.ts';
import { contains, slice } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { bindingIn, bindingMarkdown, globalBinding } from './binding.ts';
import { code } from './documentation.ts';
import { predefined } from './facts.ts';
import type { Hover } from './hover-answer.ts';
import { placeOfName, scriptVariableAt } from './symbol-at.ts';

/** The variable at a place; its name starts after `$` or `${`. */
export function variableHover(
  document: Document,
  instruction: Instruction,
  place: number,
): Hover | undefined {
  const offset = placeOfName(document, place);
  const opener = /^(?:\$\{?|\{)/.exec(document.text.slice(offset, offset + 2))?.[0].length ?? 0;
  return (
    scriptHover(document, offset) ??
    scriptHover(document, offset + opener) ??
    fileHover(document, instruction, offset, opener)
  );
}

function fileHover(
  document: Document,
  instruction: Instruction,
  offset: number,
  opener: number,
): Hover | undefined {
  const { model } = document;
  const symbol = model.symbolAt(offset) ?? model.symbolAt(offset + opener);
  const use = symbol?.uses.find(
    ({ span }) => contains(span, offset) || span.start === offset + opener,
  );
  if (symbol?.kind !== 'variable' || !use)
    return valueHover(document, instruction, offset) ?? globalInScript(document, offset, opener);
  const { name, uses } = symbol;
  if (use.role === 'definition') {
    const pairs = instruction.kind === 'ARG' || instruction.kind === 'ENV' ? instruction.pairs : [];
    const pair = pairs.find(({ key }) => contains(key.span, offset));
    const value = pair && declaredValue(document, name, pair);
    const reads = uses.filter(({ role }) => role === 'read').length;
    const meaning = meaningOf(document, instruction, { name, value, pair });
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

/** What a value means for the programs that read the variable. */
function valueHover(
  document: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  if (instruction.kind !== 'ARG' && instruction.kind !== 'ENV') return undefined;
  const pair = instruction.pairs.find(({ value }) => value && contains(value.span, offset));
  if (pair?.value === undefined || !hasKnownValues(pair.key.text)) return undefined;
  const name = pair.key.text;
  const value = pair.value.text;
  const meaning = meaningOf(document, instruction, { name, value, pair });
  return meaning === undefined
    ? undefined
    : { span: pair.value.span, markdown: `${heading(name, value)}${meaning}` };
}

/** The value that a declaration gives; `ARG NAME` has that of the one before the first FROM. */
function declaredValue(
  { model }: Document,
  name: string,
  { value, span }: Pair,
): string | undefined {
  if (value !== undefined) {
    // A build may give a variable a value that is not known here.
    const isKnown = value.variables.every((one) => model.resolve(one)?.value !== undefined);
    return (isKnown ? model.expand(value)?.text : undefined) ?? value.text;
  }
  const after = { start: span.end, end: span.end };
  return model.resolve({ name, span: after, nameSpan: after })?.value;
}

/** A variable that the script assigns, with the value that it has at the place. */
function scriptHover(document: Document, offset: number): Hover | undefined {
  const found = scriptVariableAt(document, offset);
  if (found === undefined) return undefined;
  const { group, use } = found;
  const source = isAssignment(use) || use.kind === 'prefix' ? use : assignmentBefore(group, use);
  if (source === undefined) return undefined;
  const written = source.value && slice(document.text, source.value);
  // A value over several lines, as PowerShell often has, is at its place.
  const value = written?.includes('\n') === true ? undefined : written;
  return {
    span: use.span,
    markdown: `${heading(use.name, value)}${sourceMarkdown(document, source, value)}`,
  };
}

function sourceMarkdown(
  document: Document,
  source: VariableUse,
  value: string | undefined,
): string {
  const line = document.lines.positionAt(source.span.start).line + 1;
  const meaning = value === undefined ? undefined : valueInfo(source.name, value);
  return [
    originMarkdown(source, line),
    ...(meaning === undefined ? [] : [t(meaning.documentation)]),
  ].join(' ');
}

function originMarkdown({ kind }: VariableUse, line: number): string {
  switch (kind) {
    case 'prefix':
      return t('Set for this command only, on line {0}.', line);
    case 'export':
      return t('Exported by the script on line {0}.', line);
    case 'mount':
      return t('Set to the content of a secret by the mount on line {0}.', line);
    case 'loop':
      return t('Set by the loop on line {0}.', line);
    case 'input':
      return t('Set by the command on line {0}.', line);
    case 'local':
      return t('Set in the function on line {0}.', line);
    default:
      return t('Set by the script on line {0}.', line);
  }
}

/** A variable of a script that is declared only before the first FROM. */
function globalInScript(document: Document, offset: number, opener: number): Hover | undefined {
  const found = scriptVariableAt(document, offset) ?? scriptVariableAt(document, offset + opener);
  if (found?.use.kind !== 'read' || found.group.uses.some(isAssignment)) return undefined;
  const { name, span } = found.use;
  if (globalBinding(document, name) === undefined) return undefined;
  return { span, markdown: `${heading(name, undefined)}${unsetMarkdown(document, name)}` };
}

function usageMarkdown(reads: number): string {
  if (reads === 0) return t('Not used in this file.');
  return reads === 1 ? t('Used once in this file.') : t('Uses in this file: {0}.', reads);
}

/** What the value does, or the description of a predefined variable or of one that programs read. */
function meaningOf(
  { model }: Document,
  { kind }: Instruction,
  { name, value, pair }: { name: string; value: string | undefined; pair: Pair | undefined },
): string | undefined {
  const automatic = kind === 'ARG' ? predefined(name) : undefined;
  if (automatic !== undefined) return t(automatic.documentation);
  if (hasKnownValues(name)) {
    if (value === '') return t('Programs use their default.');
    const expanded = pair?.value ? model.expand(pair.value)?.text : value;
    const meaning = expanded === undefined ? undefined : valueInfo(name, expanded);
    return meaning && t(meaning.documentation);
  }
  const known = kind === 'ENV' ? environment.find((variable) => variable.name === name) : undefined;
  return known && t(known.documentation);
}

function unsetMarkdown(document: Document, name: string): string {
  return globalBinding(document, name) !== undefined
    ? t('Declared before the first `FROM`. To use it in this stage, add {0}.', code(`ARG ${name}`))
    : t('Not set in this stage; empty unless the base image sets it.');
}

/** The name and the value; a sentence says that a value is empty. */
function heading(name: string, value: string | undefined): string {
  const shown = code(value === undefined ? `$${name}` : `$${name} = ${value}`);
  return value === '' ? `${shown}\n\n${t('The value is empty.')} ` : `${shown}\n\n`;
}
