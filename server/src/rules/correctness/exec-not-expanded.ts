/** Our own: the exec form runs no shell, so shell syntax reaches the program literally. */
import { rule, type Fix } from '../../lint/rule.ts';
import { specialExec } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import type { ExecForm, InstructionOf, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { lastIn } from '../../model/lineage.ts';

/** Items that consist of an operator alone: only a shell uses them. */
const operators = /^(?:&&|\|\|?|;|&|\d?>{1,2}|<|\d?>&\d)$/;
const variable =
  /(?<![\\$\w])\$(?:[A-Z_][A-Z\d_]*(?![\w(.])|\{[A-Za-z_]\w*(?::?[-+?][^}]*)?\}|\([^)]+\))/;

export default rule({
  summary: 'Use `sh -c` for variables and shell operators in JSON arrays',
  why: 'The exec form (a JSON array) does not run a shell: `$PORT` is not replaced by its value, and `&&` or `>` is passed to the program as an argument. Use `["sh", "-c", "exec program --port $PORT"]` or the shell form.\n\nIgnore this rule if the program itself expands the variable.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
  on: { parts: specialExec },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        CMD ["python", "-m", "http.server", «"$PORT"»]
      `,
      good: dockerfile`
        FROM python:3.13-slim
        CMD ["sh", "-c", "exec python -m http.server $PORT"]
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK')) {
      const { command } = instruction;
      if (command?.form !== 'exec' || hasShell(model, instruction, command)) continue;
      const word = command.argv.find(({ text }) => operators.test(text) || variable.test(text));
      if (word === undefined) continue;
      report({
        at: word,
        message: t('`{0}` is passed literally: the exec form does not run a shell', word.text),
        fix: runWithShell(command),
      });
    }
  },
});

type Command =
  | InstructionOf<'CMD'>
  | InstructionOf<'ENTRYPOINT'>
  | InstructionOf<'RUN'>
  | InstructionOf<'HEALTHCHECK'>;

/** Whether a shell, a program that expands variables itself, or an entry point that may do either is involved. */
function hasShell(model: Model, instruction: Command, { argv }: ExecForm): boolean {
  const first = argv[0]?.text ?? '';
  if (/(?:^|[/\\])(?:(?:ba|da|a|z|k|fi)?sh|cmd|powershell|pwsh|envsubst|eval)(?:\.exe)?$/i.test(first)) return true; // prettier-ignore
  // Windows runs batch files with `cmd`, which receives the whole command line.
  if (/\.(?:bat|cmd)$/i.test(first)) return true;
  if (argv.some(({ text }, i) => i > 0 && /^-[a-z]*c$|^\/c$|^-Command$/i.test(text))) return true;
  if (argv.some(({ text }) => /(?:^|\/)(?:ba|da|a|z)?sh$/.test(text))) return true;
  const stage = model.stageOf(instruction);
  return instruction.kind === 'CMD' && stage !== undefined && lastIn(stage, 'ENTRYPOINT') !== undefined; // prettier-ignore
}

function runWithShell({ argv, span }: ExecForm): Fix {
  const script = argv.map(({ text }) => shellWord(text)).join(' ');
  const isSingleCommand = !argv.some(({ text }) => operators.test(text) && !/[<>]/.test(text));
  const text = `["sh", "-c", ${JSON.stringify(isSingleCommand ? `exec ${script}` : script)}]`;
  return { title: t('Run with `sh -c`'), edits: [replace(span, text)], safe: false };
}

/** Quoted for a shell, so that variables are still expanded. */
function shellWord(text: Word['text']): string {
  if (operators.test(text) || /^[\w@%+=:,./${}-]+$/.test(text)) return text;
  return variable.test(text) ? `"${text.replace(/(["\\`])/g, '\\$1')}"` : `'${text.replaceAll("'", "'\\''")}'`; // prettier-ignore
}
