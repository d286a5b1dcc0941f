/** Why a name cannot be changed, whatever the new name is: something outside the file knows it. */
import type { Document } from '../../model/document.ts';
import { coveredEnd, mostInstructions, mostVariables } from '../../model/coverage.ts';
import { scriptVariables } from '../../model/script-variables.ts';
import {
  isAutomatic,
  isPowershellOwn,
  isReadByPrograms,
} from '../../reference/program-variables.ts';
import { t } from '../../text/translation.ts';
import { defaultNaming, stagesNamedBy } from '../named-stages.ts';
import { mentionsOf } from './mentions.ts';
import { stageDefinedBy, type Target } from './target.ts';

/** The reason as a sentence; undefined if the name can be changed. */
export function fixedReason(document: Document, target: Target): string | undefined {
  const { tree } = document;
  if (tree.instructions.length > mostInstructions)
    return t('The file has more instructions than the limit for renaming, {0}', mostInstructions);
  if (coveredEnd(tree) < tree.text.length)
    return t('The file has more variables than the limit for renaming, {0}', mostVariables);
  if (target.kind === 'stage') return stageReason(document, target);
  return target.kind === 'variable' ? variableReason(document, target) : undefined;
}

function variableReason(document: Document, target: Target): string | undefined {
  const { name, script } = target;
  if (script === undefined && isAutomatic(name))
    return t('`{0}` is the name under which BuildKit passes the value', name);
  const isOwn = isPowershellScript(document, target) && isPowershellOwn(name);
  if (isOwn || (isReadByPrograms(name) && isSeenByPrograms(document, target)))
    return t('`{0}` is read by programs, which do not know the new name', name);
  for (const { how, span } of target.uses) {
    const line = lineOf(document, span.start);
    if (how === 'prefix')
      return t(
        '`{0}` is passed to a program on line {1}, which does not know the new name',
        name,
        line,
      );
    if (how === 'export')
      return t(
        '`{0}` is exported to programs on line {1}, which do not know the new name',
        name,
        line,
      );
    if (how === 'template')
      return t('`envsubst` on line {1} replaces `{0}` in files, which keep the name', name, line);
  }
  return scriptReason(document, target);
}

/** Whether the name is that of a variable in PowerShell, which sets and reads some itself. */
export function isPowershellScript({ model }: Document, { script }: Target): boolean {
  return script !== undefined && scriptVariables(model, script.instruction)?.dialect === 'powershell'; // prettier-ignore
}

/** What a script does with names that it does not write out. */
function scriptReason(document: Document, target: Target): string | undefined {
  const { name, script } = target;
  const indirect = mentionsOf(document, target).find(({ kind }) => kind === 'indirect');
  if (indirect !== undefined) {
    const line = lineOf(document, indirect.span.start);
    return t('The script on line {1} may read `{0}` by a name in a variable', name, line);
  }
  if (script === undefined) return undefined;
  const { start, end } = script.instruction.span;
  const isExported = exportsEverything.test(document.text.slice(start, end));
  return isExported
    ? t('`{0}` is exported to programs on line {1}, which do not know the new name', name, lineOf(document, start)) // prettier-ignore
    : undefined;
}

const exportsEverything = /(?:^|[\s;&|(])set\s+(?:-\w*a|-o\s+allexport)/;

/** Only FROM reads an ARG before the first stage, unless a stage declares it again. Programs see everything else. */
export function isSeenByPrograms({ model }: Document, { uses, script }: Target): boolean {
  if (script !== undefined) return true;
  const [first] = model.stages;
  if (first === undefined) return uses.some(({ role }) => role === 'definition');
  const end = first.from.span.start;
  return uses.some(({ role, span }) => role === 'definition' && span.start > end);
}

/** A FROM with variables may mean the stage for some of their values. A default that names it gets the new name. */
function stageReason(document: Document, { uses }: Target): string | undefined {
  const stage = stageDefinedBy(document, uses);
  if (stage === undefined) return undefined;
  for (const { from } of document.model.stages) {
    if (!stagesNamedBy(document, from).includes(stage)) continue;
    if (defaultNaming(document, from, stage) !== undefined) continue;
    return t(
      '`{0}` on line {1} means this stage by the value of a variable',
      from.image?.raw ?? '',
      lineOf(document, from.span.start),
    );
  }
  return undefined;
}

/** The number of a line, from 1. */
export function lineOf({ lines }: Document, offset: number): number {
  return lines.positionAt(offset).line + 1;
}
