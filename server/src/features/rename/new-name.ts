/** Why a name cannot be given to something: it is invalid, or it means something else already. */
import type { Document } from '../../model/document.ts';
import { scriptVariables } from '../../model/script-variables.ts';
import {
  isAutomatic,
  isPowershellOwn,
  isReadByPrograms,
} from '../../reference/program-variables.ts';
import { t } from '../../text/translation.ts';
import { couldName } from '../named-stages.ts';
import { isPowershellScript, isSeenByPrograms, lineOf } from './fixed-names.ts';
import type { Target } from './target.ts';

/** The reason as a sentence; undefined if the name can be used. */
export function newNameReason(document: Document, target: Target, to: string): string | undefined {
  const { kind, name } = target;
  if (kind === 'stage') return stageNameReason(document, name, to);
  if (kind === 'heredoc') return delimiterReason(document, target, to);
  if (!/^[A-Za-z_]\w*$/.test(to))
    return t('Variable names consist of letters, digits and `_`, and cannot start with a digit');
  return to === name ? undefined : variableNameReason(document, target, to);
}

function variableNameReason(document: Document, target: Target, to: string): string | undefined {
  if (document.model.symbols.some((other) => other.kind === 'variable' && other.name === to))
    return t('`{0}` is already in use', to);
  const line = scriptLineOf(document, target, to);
  if (line !== undefined) return t('`{0}` is a variable of the script on line {1}', to, line);
  if (target.script === undefined && isAutomatic(to))
    return t('`{0}` is the name under which BuildKit passes the value', to);
  const isOwn = isPowershellScript(document, target) && isPowershellOwn(to);
  if (isOwn || (isReadByPrograms(to) && isSeenByPrograms(document, target)))
    return t('`{0}` is read by programs, so it would change what they do', to);
  return undefined;
}

/** The line on which a script uses a name. */
function scriptLineOf(document: Document, { script }: Target, name: string): number | undefined {
  const { model, text } = document;
  const own = script && scriptVariables(model, script.instruction);
  // Names of PowerShell and cmd are the same in any case.
  const ignoresCase = own?.dialect === 'powershell' || own?.dialect === 'cmd';
  const isSame = (other: string): boolean =>
    ignoresCase ? other.toLowerCase() === name.toLowerCase() : other === name;
  const used = own?.all.find((group) => isSame(group.name))?.uses[0];
  if (script !== undefined) return used && lineOf(document, used.span.start);
  for (const instruction of model.each('RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK')) {
    const { start, end } = instruction.span;
    if (!text.slice(start, end).includes(name)) continue;
    const found = scriptVariables(model, instruction)?.uses.find((use) => use.name === name);
    if (found !== undefined) return lineOf(document, found.span.start);
  }
  return undefined;
}

function stageNameReason(document: Document, name: string, to: string): string | undefined {
  const { model } = document;
  if (!/^[a-z][a-z0-9_.-]*$/.test(to))
    return t(
      'Stage names start with a lowercase letter, followed by lowercase letters, digits, `-`, `_` or `.`',
    );
  if (to === name.toLowerCase()) return undefined;
  const isTaken = model.stages.some((stage) => stage.name?.toLowerCase() === to);
  if (isTaken || to === 'scratch') return t('`{0}` is already in use', to);
  const from = model.stages.find(
    (stage) =>
      (stage.base?.kind === 'image' && stage.image?.toLowerCase() === to) ||
      couldName(stage.from.image, to),
  )?.from;
  const reference = model
    .references()
    .find((one) => one.to?.kind === 'image' && one.name.toLowerCase() === to);
  const place = from?.span.start ?? reference?.span.start;
  return place === undefined
    ? undefined
    : t('`{0}` is an image on line {1}', to, lineOf(document, place));
}

function delimiterReason(document: Document, { uses }: Target, to: string): string | undefined {
  if (!/^[A-Za-z_][\w.-]*$/.test(to))
    return t(
      'Heredoc delimiters start with a letter or `_`, followed by letters, digits, `-`, `_` or `.`',
    );
  const place = uses[0]?.span.start ?? 0;
  const heredoc = document.model
    .instructionAt(place)
    ?.heredocs.find(({ name }) => name.span.start <= place && place <= name.span.end);
  const body = heredoc && document.text.slice(heredoc.body.start, heredoc.body.end);
  const isLine = body?.split(/\r?\n/).some((line) => (heredoc?.chomp === true ? line.replace(/^\t+/, '') : line) === to); // prettier-ignore
  return isLine === true
    ? t('`{0}` is a line of this heredoc, which would end there', to)
    : undefined;
}
