/** Our own: no shell reads the exec form, so that what only a shell understands reaches the program as it is. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { ExecForm, Of, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { lastIn } from '../../model/lineage.ts';

/** They stand alone, as nothing but a shell wants them. */
const operators = /^(?:&&|\|\|?|;|&|\d?>{1,2}|<|\d?>&\d)$/;
const variable = /(?<![\\$\w])\$(?:[A-Z_][A-Z\d_]*(?![\w(.])|\{[A-Za-z_]\w*(?::?[-+?][^}]*)?\})/;

export default rule({
  summary: 'Run a shell where a command needs one',
  why: 'A JSON array is run as it is, without a shell: nobody puts in the value of `$PORT`, and `&&` or `>` is an argument like any other. `["sh", "-c", "exec program --port $PORT"]` has a shell.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#exec-form'],
  on: { instructions: ['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK'] },
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
        message: t('No shell reads this, so that `{0}` stays as it is', word.text),
        fix: underShell(command),
      });
    }
  },
});

type Started = Of<'CMD'> | Of<'ENTRYPOINT'> | Of<'RUN'> | Of<'HEALTHCHECK'>;

/** Shells, what makes values of its own of such words, and scripts in front that may do anything. */
function hasShell(model: Model, instruction: Started, { argv }: ExecForm): boolean {
  const first = argv[0]?.text ?? '';
  if (/(?:^|[/\\])(?:(?:ba|da|a|z|k|fi)?sh|cmd|powershell|pwsh|envsubst|eval)(?:\.exe)?$/i.test(first)) return true; // prettier-ignore
  if (argv.some(({ text }, i) => i > 0 && /^-[a-z]*c$|^\/c$|^-Command$/i.test(text))) return true;
  if (argv.some(({ text }) => /(?:^|\/)(?:ba|da|a|z)?sh$/.test(text))) return true;
  const stage = model.stageOf(instruction);
  return instruction.kind === 'CMD' && stage !== undefined && lastIn(stage, 'ENTRYPOINT') !== undefined; // prettier-ignore
}

function underShell({ argv, span }: ExecForm): Fix {
  const script = argv.map(({ text }) => written(text)).join(' ');
  const isOne = !argv.some(({ text }) => operators.test(text) && !/[<>]/.test(text));
  const text = `["sh", "-c", ${JSON.stringify(isOne ? `exec ${script}` : script)}]`;
  return { title: t('Run it in a shell'), edits: [replace(span, text)], safe: false };
}

/** As a shell wants it; a variable alone is left to be put in. */
function written(text: Word['text']): string {
  if (operators.test(text) || /^[\w@%+=:,./${}-]+$/.test(text)) return text;
  return variable.test(text) ? `"${text.replace(/(["\\`])/g, '\\$1')}"` : `'${text.replaceAll("'", "'\\''")}'`; // prettier-ignore
}
