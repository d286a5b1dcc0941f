/** tally/prefer-telemetry-opt-out. Off: whether reports go out is a matter of taste, and of the project. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { lineAbove } from '../../lint/edits/lines.ts';

/** The variable that switches it off, and its value. */
const switches: ReadonlyMap<string, readonly [variable: string, value: string]> = new Map([
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
const names = [...switches.keys(), 'npx', 'bunx'];

export default rule({
  summary: 'Switch the reports of tools off in builds',
  why: 'These tools tell their makers what they are used for. In a build that is noise for them, a connection that may be refused, and more of the project than some want to tell.',
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
    const told = new Map<Stage | undefined, Set<string>>();
    for (const use of usesOf(model)) {
      const { tool, at, run, stage } = use;
      const found = switches.get(tool);
      if (found === undefined) continue;
      const [variable, value] = found;
      const before = told.get(stage) ?? new Set<string>();
      if (before.has(variable) || isOff(model, use, variable)) continue;
      told.set(stage, before.add(variable));
      report({
        at,
        message: t('`{0}` reports to its makers; `{1}` switches that off', tool, variable),
        ...(run.onbuild !== true && {
          fix: {
            title: t('Set {0} before it', variable),
            edits: [lineAbove(model, use.above, `ENV ${variable}=${value}`)],
            safe: false,
          },
        }),
      });
    }
  },
});

interface Use {
  readonly tool: string;
  readonly at: Node;
  readonly stage: Stage | undefined;
  /** The step that starts it, and the instruction that a switch has to stand above. */
  readonly run: Run;
  readonly above: Instruction;
  readonly assignments: readonly ShellWord[];
}

function usesOf(model: Model): readonly Use[] {
  const found = asShell(model);
  for (const at of model.commands(...names)) {
    const { command, run, stage } = at;
    if (command.name === undefined) continue;
    const { name, assignments } = command;
    found.push({ tool: toolOf(at), at: name, stage, run, above: run, assignments });
  }
  return found;
}

/** PowerShell of Linux, where SHELL has each step start it; that of Windows reports nothing. */
function asShell(model: Model): Use[] {
  const found: Use[] = [];
  for (const shell of model.each('SHELL')) {
    const [at] = shell.command?.form === 'exec' ? shell.command.argv : [];
    if (at === undefined || !/(?:^|[/\\])pwsh(?:\.exe)?$/i.test(at.text)) continue;
    const stage = model.stageOf(shell);
    const run = stage?.instructions.find(
      (one): one is Run =>
        one.kind === 'RUN' &&
        one.span.start > shell.span.start &&
        model.stateAt(one).shell.argv[0] === at.text,
    );
    if (run) found.push({ tool: 'pwsh', at, stage, run, above: shell, assignments: [] });
  }
  return found;
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
