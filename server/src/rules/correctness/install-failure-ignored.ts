/** Not in other linters: `|| true` after a command that installs what the image is for. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { isNamed } from '../../programs/program.ts';
import { installOf, restoresProject } from '../../programs/install.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Chain, Command, ShellWord, Statement } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { firstFrom } from '../../text/sorted.ts';
import { t } from '../../text/translation.ts';

const succeeding = ['true', ':', 'echo', 'printf'];

export default rule({
  summary: 'Do not ignore the failure of an installation with `|| true`',
  why: 'With `pip install … || true`, the step succeeds without the packages, for example because a mirror did not answer, and the incomplete layer is cached. The failure then shows up when the container starts. R only warns if `install.packages` fails, and exits with 0; set `options(warn = 2)`, load the packages afterwards, or use `install2.r --error`. If a package is optional, install it in a separate step, and describe in a comment why.\n\nIgnore this rule where the image works without the packages.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#run'],
  on: { instructions: ['RUN'], signs: ['||', 'install.packages'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN pip install --no-cache-dir -r requirements.txt «|| true»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN pip install --no-cache-dir -r requirements.txt
      `,
    },
    {
      bad: dockerfile`
        FROM rocker/r-ver:4.5.2
        RUN Rscript -e «"install.packages('plumber')"»
      `,
      good: dockerfile`
        FROM rocker/r-ver:4.5.2
        RUN Rscript -e "options(warn = 2); install.packages('plumber')"
      `,
    },
  ],
  check({ model, report }) {
    const quiet = failuresInR(model);
    if (quiet) report({ at: quiet, message: t('R exits with 0 if `install.packages` fails') });
    const seen = new Set<Chain>();
    const alternatives = new Map<Chain, readonly number[]>();
    for (const { command, ancestors } of model.commands()) {
      const chain = ancestors.findLast((one) => one.kind === 'chain');
      if (chain?.kind !== 'chain' || seen.has(chain)) continue;
      const index = firstFrom(chain.parts, command.span.start + 1) - 1;
      const next = alternatives.get(chain) ?? nextAlternatives(chain);
      alternatives.set(chain, next);
      const or = next[index] ?? -1;
      const handler = chain.parts[or + 1];
      if (or < 0 || handler === undefined || !isIgnoring(handler)) continue;
      // Hardly any command is reached here, and reading its arguments takes longer than what is above.
      if (!installs(command)) continue;
      // `a || b || true` tries something else first.
      if (chain.operators[or + 1]?.text === '||') continue;
      seen.add(chain);
      report({
        at: { span: { start: chain.operators[or]?.span.start ?? handler.span.start, end: handler.span.end } }, // prettier-ignore
        message: t('This hides a failure of `{0}`', nameOf(command) ?? ''),
      });
    }
  },
});

/** The first script of R that installs packages where nothing in the file would notice that they are missing. */
function failuresInR(model: Model): ShellWord | undefined {
  const scripts = model
    .commands('R', 'Rscript')
    .flatMap(({ command: { args } }) =>
      args.filter((_, i) => /^(?:-\w*e|--eval)$/.test(args[i - 1]?.text ?? '')),
    );
  if (scripts.some(({ text }) => /\b(?:library|require|requireNamespace|loadNamespace|stop|stopifnot|quit|q)\s*\(|\bwarn\s*=\s*2|tryCatch|withCallingHandlers|\b(?!utils)\w+::/.test(text))) return undefined; // prettier-ignore
  return scripts.find(({ text }) => /\binstall\.packages\s*\(/.test(text));
}

/** For each part, the index of the next `||`; -1 if there is none. */
function nextAlternatives({ parts, operators }: Chain): readonly number[] {
  const next: number[] = [];
  let or = -1;
  for (let i = parts.length - 1; i >= 0; i--) {
    if (operators[i]?.text === '||') or = i;
    next[i] = or;
  }
  return next;
}

/** Whether a command installs packages, those that it names or those that the project lists. */
function installs(command: Command): boolean {
  return installOf(command) !== undefined || restoresProject(command);
}

function isIgnoring(part: Statement): boolean {
  if (part.kind !== 'command') return false;
  const name = nameOf(part);
  return isNamed(name, succeeding) || (name === 'exit' && part.args[0]?.text === '0');
}
