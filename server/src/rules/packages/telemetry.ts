/** tally/prefer-telemetry-opt-out. Off by default: whether to send usage data is a decision of the project. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';

/** The variable that disables telemetry, and its value, by tool. */
const optOuts: ReadonlyMap<string, readonly [variable: string, value: string]> = new Map([
  ['bun', ['DO_NOT_TRACK', '1']],
  ['next', ['NEXT_TELEMETRY_DISABLED', '1']],
  ['nuxt', ['NUXT_TELEMETRY_DISABLED', '1']],
  ['gatsby', ['GATSBY_TELEMETRY_DISABLED', '1']],
  ['astro', ['ASTRO_TELEMETRY_DISABLED', '1']],
  ['ng', ['NG_CLI_ANALYTICS', 'false']],
  ['turbo', ['TURBO_TELEMETRY_DISABLED', '1']],
  ['dotnet', ['DOTNET_CLI_TELEMETRY_OPTOUT', '1']],
  ['pwsh', ['POWERSHELL_TELEMETRY_OPTOUT', '1']],
  ['vcpkg', ['VCPKG_DISABLE_METRICS', '1']],
  ['brew', ['HOMEBREW_NO_ANALYTICS', '1']],
  ['sam', ['SAM_CLI_TELEMETRY', '0']],
  ['az', ['AZURE_CORE_COLLECT_TELEMETRY', 'false']],
  ['wrangler', ['WRANGLER_SEND_METRICS', 'false']],
  ['hf', ['HF_HUB_DISABLE_TELEMETRY', '1']],
  ['huggingface-cli', ['HF_HUB_DISABLE_TELEMETRY', '1']],
]);
const names = [...optOuts.keys(), 'npx', 'bunx'];

export default rule({
  summary: 'Disable telemetry of tools during the build',
  why: 'Tools such as Next.js, the .NET CLI, PowerShell, Homebrew and the Azure CLI send usage data to their vendors. In a build, the connection may be blocked, and the data may reveal details of the project. This rule is off by default because whether to send usage data is a decision of the project.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-telemetry-opt-out'] },
  links: ['https://consoledonottrack.com/'],
  on: { commands: names, instructions: ['SHELL'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY . .
        RUN «next» build
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY . .
        ENV NEXT_TELEMETRY_DISABLED=1
        RUN next build
      `,
    },
  ],
  check({ model, report }) {
    const reported = new Map<Stage | undefined, Set<string>>();
    for (const use of usesOf(model)) {
      const { tool, at, run, stage } = use;
      const found = optOuts.get(tool);
      if (found === undefined) continue;
      const [variable, value] = found;
      const variables = reported.get(stage) ?? new Set<string>();
      if (variables.has(variable) || isOff(model, use, variable)) continue;
      reported.set(stage, variables.add(variable));
      report({
        at,
        message: t('`{0}` sends usage data to its vendor; `{1}` disables this', tool, variable),
        ...(run.onbuild !== true && {
          fix: addLineAbove(model, use.above, `ENV ${variable}=${value}`),
        }),
      });
    }
  },
});

interface Use {
  readonly tool: string;
  readonly at: Node;
  readonly stage: Stage | undefined;
  /** The step that starts the tool, and the instruction above which the variable has to be set. */
  readonly run: Run;
  readonly above: Instruction;
  readonly assignments: readonly ShellWord[];
}

function usesOf(model: Model): readonly Use[] {
  const found = powershellUses(model);
  for (const at of model.commands(...names)) {
    const { command, run, stage } = at;
    if (command.name === undefined) continue;
    const { name, assignments } = command;
    found.push({ tool: toolOf(at), at: name, stage, run, above: run, assignments });
  }
  return found;
}

/** PowerShell on Linux, which every step starts if SHELL names it. Windows PowerShell does not send usage data. */
function powershellUses(model: Model): Use[] {
  const found: Use[] = [];
  for (const shell of model.each('SHELL')) {
    const [at] = shell.command?.form === 'exec' ? shell.command.argv : [];
    if (at === undefined || !/(?:^|[/\\])pwsh(?:\.exe)?$/i.test(at.text)) continue;
    const stage = model.stageOf(shell);
    const run = stage && runOf(stage, shell);
    if (run) found.push({ tool: 'pwsh', at, stage, run, above: shell, assignments: [] });
  }
  return found;
}

/** The first RUN that has this SHELL: it is before the next SHELL. */
function runOf({ instructions }: Stage, shell: Instruction): Run | undefined {
  for (let at = firstFrom(instructions, shell.span.end); at < instructions.length; at++) {
    const one = instructions[at];
    if (one?.kind === 'RUN') return one;
    if (one?.kind === 'SHELL') return undefined;
  }
  return undefined;
}

function toolOf({ command }: CommandAt): string {
  const name = nameOf(command) ?? '';
  if (name !== 'npx' && name !== 'bunx') return name;
  return command.args.find(({ text }) => !text.startsWith('-'))?.text.replace(/@.*$/, '') ?? '';
}

function isOff(model: Model, { run, assignments }: Use, variable: string): boolean {
  const { variables } = model.stateAt(run);
  const value = variables.get(variable)?.value ?? variables.get('DO_NOT_TRACK')?.value;
  if (value !== undefined && value !== '' && (variable !== 'DO_NOT_TRACK' || value !== '0')) return true; // prettier-ignore
  return assignments.some(({ text }) => text.startsWith(`${variable}=`));
}
