/** What a variable is and where its value comes from, in words. */
import type { Document } from '../model/document.ts';
import type { Binding } from '../model/model.ts';
import { platformArguments } from '../reference/variables.ts';
import type { Instruction } from '../syntax/tree.ts';
import { t } from '../text/translated.ts';
import { code } from './documentation.ts';
import { predefined } from './facts.ts';

/** What a name stands for in an instruction: FROM knows platforms without their being declared, and all images have a PATH. */
export function bindingIn(
  { model }: Document,
  instruction: Instruction,
  name: string,
): Binding | undefined {
  const found = model.stateAt(instruction).variables.get(name);
  if (found !== undefined) return found;
  if (instruction.kind === 'FROM')
    return platformArguments.some((one) => one.name === name)
      ? { name, from: 'predefined' }
      : undefined;
  return name === 'PATH' ? { name, from: 'base' } : undefined;
}

/** The ARG in front of the first FROM that a stage has to name before it sees it. */
export function globalBinding({ model }: Document, name: string): Binding | undefined {
  const [first] = model.stages;
  return first && model.stateAt(first.from).variables.get(name);
}

/** Two sentences at most. */
export function bindingMarkdown(document: Document, { name, from, value }: Binding): string {
  if (from === 'predefined') {
    const known = predefined(name)?.documentation;
    return known === undefined ? t('Given by the build.') : t(known);
  }
  if (from === 'base') {
    return value === undefined
      ? t('Set in the base image.')
      : t('Set to {0} in the base image.', code(value));
  }
  const line = document.lines.positionAt(from.span.start).line + 1;
  if (from.kind === 'ENV') {
    return value === undefined
      ? t('Set by ENV in line {0}.', line)
      : t('Set to {0} by ENV in line {1}.', code(value), line);
  }
  return value === undefined
    ? t('Declared by ARG in line {0}, without a default.', line)
    : t('Declared by ARG in line {0}; {1} unless the build gives another.', line, code(value));
}
