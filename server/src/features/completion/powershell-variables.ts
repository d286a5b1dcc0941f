/** Completion of variables in PowerShell: in scripts, and in the strings of SHELL. */
import { assignedBefore, shellAbove, shellOf } from '../../model/script-variables.ts';
import { dialectOf } from '../../shell/dialect.ts';
import type { Dialect } from '../../shell/script.ts';
import type { VariableUse } from '../../shell/variable-uses.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { slice } from '../../text/span.ts';
import { plain, type Completion } from './item.ts';
import type { Place } from './place.ts';

/** Environment variables of Windows. */
const windowsVariables = ['PATH', 'TEMP', 'ProgramFiles', 'USERPROFILE', 'SystemRoot', 'windir', 'APPDATA', 'ProgramData']; // prettier-ignore
/** Variables that PowerShell itself sets or reads. */
const ownVariables = ['true', 'false', 'null', '_', 'LASTEXITCODE', 'PSVersionTable', 'ErrorActionPreference', 'ProgressPreference']; // prettier-ignore

/**
 * After `$`: variables that the script and SHELL assign, those of the environment as `env:NAME`, and PowerShell's own. After
 * `$env:`: the environment. Undefined outside PowerShell.
 */
export function powershellVariables(place: Place): readonly Completion[] | undefined {
  const { document, instruction, offset, inComment } = place;
  const before = document.text.slice(Math.max(0, offset - 200), offset);
  const found = /\$(\{?)(env:)?([A-Za-z_]\w*)?$/i.exec(before);
  if (found === null || instruction === undefined || inComment) return undefined;
  const [, brace = '', drive, typed = ''] = found;
  // BuildKit expands the variables of flags.
  const isInFlag = instruction.flags.some(({ span: { end } }) => offset <= end);
  if (isInFlag || dialectAt(place, instruction) !== 'powershell') return undefined;
  const span = { start: offset - typed.length, end: offset };
  const closer = brace === '' || document.text.startsWith('}', offset) ? '' : '}';
  const item = (name: string, use?: VariableUse, isLast = false): Completion => {
    const value = use?.value && slice(document.text, use.value);
    return {
      ...plain(name, span, { kind: 'variable', insert: `${name}${closer}` }),
      ...(isLast && { isExpected: true }),
      ...(value?.includes('\n') === false && { detail: value }),
    };
  };
  const assigned = assignedAbove(place, instruction);
  const environment = new Set([
    ...assigned.flatMap(({ isEnvironment, name }) => (isEnvironment ? [name] : [])),
    ...document.model.stateAt(instruction).variables.keys(),
  ]);
  if (drive !== undefined)
    return [...new Set([...environment, ...windowsVariables])].map((name) => item(name));
  const own = assigned.filter(({ isEnvironment }) => isEnvironment !== true);
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  return [
    // What was assigned last is mostly what follows needs.
    ...own.map((use, index) => item(use.name, use, index === 0)),
    ...[...environment].map((name) => item(`env:${name}`)),
    ...ownVariables.filter((name) => !names.has(name.toLowerCase())).map((name) => item(name)),
  ];
}

function dialectAt({ document: { model } }: Place, instruction: Instruction): Dialect | undefined {
  if (instruction.kind === 'SHELL') {
    const { command } = instruction;
    return command?.form === 'exec' ? dialectOf([command.argv[0]?.text ?? '']) : undefined;
  }
  const isScript = instruction.kind === 'RUN' || instruction.kind === 'CMD' || instruction.kind === 'ENTRYPOINT'; // prettier-ignore
  return isScript ? shellOf(model, instruction)?.dialect : undefined;
}

/** The last assignment of each name above the place, the nearest first; then those of SHELL. */
function assignedAbove({ document, offset }: Place, instruction: Instruction): VariableUse[] {
  const { model } = document;
  const found = [...assignedBefore(model, instruction, offset)];
  const shell = instruction.kind === 'SHELL' ? undefined : shellAbove(model, instruction);
  const names = new Set(found.map(({ name }) => name.toLowerCase()));
  for (const use of shell ? assignedBefore(model, shell, offset) : [])
    if (!names.has(use.name.toLowerCase())) found.push(use);
  return found;
}
