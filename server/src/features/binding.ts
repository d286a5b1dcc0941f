/** Describes a variable and the origin of its value. */
import type { Document } from '../model/document.ts';
import type { Binding } from '../model/model.ts';
import { platformArguments } from '../reference/variables.ts';
import type { Instruction, Variable } from '../syntax/tree.ts';
import { t } from '../text/translation.ts';
import { code } from './documentation.ts';
import { predefined } from './facts.ts';

/**
 * The binding of a variable name in an instruction. FROM knows platform variables without a declaration, and all
 * images set PATH.
 */
export function bindingIn(
  { model }: Document,
  instruction: Instruction,
  { name, span }: Pick<Variable, 'name' | 'span'>,
): Binding | undefined {
  // The earlier names of an ARG are visible to the later ones.
  const found =
    instruction.kind === 'ARG'
      ? model.resolve({ name, span, nameSpan: span })
      : model.stateAt(instruction).variables.get(name);
  if (found !== undefined) return found;
  if (instruction.kind === 'FROM')
    return platformArguments.some((one) => one.name === name)
      ? { name, from: 'predefined' }
      : undefined;
  return name === 'PATH' ? { name, from: 'base' } : undefined;
}

/** The ARG before the first FROM that a stage has to declare again in order to use it. */
export function globalBinding({ model }: Document, name: string): Binding | undefined {
  const [first] = model.stages;
  return first && model.stateAt(first.from).variables.get(name);
}

/** At most two sentences. */
export function bindingMarkdown(document: Document, { name, from, value }: Binding): string {
  if (from === 'predefined') {
    const known = predefined(name)?.documentation;
    return known === undefined ? t('Predefined by BuildKit.') : t(known);
  }
  if (from === 'base') {
    return value === undefined
      ? t('Set in the base image.')
      : t('Set to {0} in the base image.', code(value));
  }
  const line = document.lines.positionAt(from.span.start).line + 1;
  if (from.kind === 'ENV') {
    // That a value is empty is said in front.
    return value === undefined || value === ''
      ? t('Set by `ENV` on line {0}.', line)
      : t('Set to {0} by `ENV` on line {1}.', code(value), line);
  }
  return value === undefined
    ? t('Declared by `ARG` on line {0}, without a default value.', line)
    : t('Declared by `ARG` on line {0}. Default value: {1}.', line, code(value));
}
