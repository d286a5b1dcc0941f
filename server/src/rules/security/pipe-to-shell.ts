/** Downloaded scripts that are run without verification. No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, Statement } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { encloses, type Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

const interpreters = /^(?:sh|bash|zsh|ash|dash|ksh|python[\d.]*|perl|ruby|node|php)$/;

export default rule({
  summary: 'Do not pipe downloads from `curl` or `wget` into a shell',
  why: 'The build runs the file that the server sends that day, and if the transfer is interrupted, the part that has arrived. Download a fixed version of the script, verify its checksum (`ADD --checksum=…` or `sha256sum -c`), then run it. Many tools are also available as packages, or as images for `COPY --from`. Ignore this rule for servers that you control.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  // A pipe, or the output of a command as a word or file.
  on: { commands: downloaders, signs: ['|', '$(', '`', '<('] },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN «curl -fsSL https://example.org/install.sh | sh»
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie-curl
        ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \
            https://example.org/v1.4/install.sh /tmp/install.sh
        RUN sh /tmp/install.sh && rm /tmp/install.sh
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...downloaders)) {
      const executed = executedDownload(at);
      if (executed)
        report({ at: executed, message: t('A downloaded script is piped straight into a shell') });
    }
  },
});

function executedDownload({ command, ancestors }: CommandAt): Node | undefined {
  const enclosing = ancestors.at(-1);
  if (enclosing?.kind === 'command') return runsOutput(enclosing, command) ? enclosing : undefined;
  const pipe = ancestors.findLast(({ kind }) => kind === 'pipeline');
  if (pipe?.kind !== 'pipeline') return undefined;
  const index = pipe.parts.findIndex(({ span }) => encloses(span, command.span));
  const shell = pipe.parts.slice(index + 1).find(readsScript);
  if (shell === undefined) return undefined;
  return { span: { start: command.span.start, end: shell.span.end } };
}

/** Whether a command runs the output of another: `bash -c "$(curl …)"`, `eval "$(curl …)"`, `bash <(curl …)`. */
function runsOutput(outer: Command, inner: Command): boolean {
  const name = nameOf(outer) ?? '';
  const word = outer.args.find(({ span }) => encloses(span, inner.span));
  if (word === undefined || !/^"?(?:\$\(|`|<\()/.test(word.raw)) return false;
  if (/^(?:eval|source|\.)$/.test(name)) return true;
  const [first] = outer.args;
  return interpreters.test(name) && (first === word || /^-\w*c$/.test(first?.text ?? ''));
}

/** Whether an interpreter, possibly after sudo or env, reads its script from the pipe and not from an argument. */
function readsScript(statement: Statement): boolean {
  if (statement.kind !== 'command') return false;
  const { args } = statement;
  let [name, rest] = [nameOf(statement) ?? '', args];
  while (/^(?:sudo|env|exec|command)$/.test(name) && rest.length > 0) {
    const at = rest.findIndex(({ text }) => !/^-|=/.test(text));
    if (at < 0) return false;
    name = rest[at]?.text.replace(/^.*\//, '') ?? '';
    rest = rest.slice(at + 1);
  }
  if (!interpreters.test(name)) return false;
  const [first] = rest;
  return first === undefined || first.text === '-' || /^(?:-s|-[eux]+s?|--|-x|\/dev\/stdin)$/.test(first.text); // prettier-ignore
}
