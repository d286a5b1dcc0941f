/** Our own: what a server answers is run unseen. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Command, Statement } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { encloses, type Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

const interpreters = /^(?:sh|bash|zsh|ash|dash|ksh|python[\d.]*|perl|ruby|node|php)$/;

export default rule({
  summary: 'Download scripts, check them, then run them',
  why: 'What the server sends on the day of the build is run, whatever it is; a transfer that breaks off is run as far as it came. Download a script of a fixed version, compare its checksum (`ADD --checksum=…`, `sha256sum -c`), then run it. Many installers also come as packages or images to `COPY --from`.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  on: { commands: downloaders },
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
      const place = runsAnswer(at);
      if (place) report({ at: place, message: t('What the server answers is run unseen') });
    }
  },
});

function runsAnswer({ command, inside }: CommandAt): Node | undefined {
  const around = inside.at(-1);
  if (around?.kind === 'command') return isRun(around, command) ? around : undefined;
  const pipe = inside.findLast(({ kind }) => kind === 'pipeline');
  if (pipe?.kind !== 'pipeline') return undefined;
  const own = pipe.parts.findIndex(({ span }) => encloses(span, command.span));
  const shell = pipe.parts.slice(own + 1).find(interprets);
  if (shell === undefined) return undefined;
  return { span: { start: command.span.start, end: shell.span.end } };
}

/** `bash -c "$(curl …)"`, `eval "$(curl …)"`, `bash <(curl …)`. */
function isRun(outer: Command, inner: Command): boolean {
  const name = nameOf(outer) ?? '';
  const word = outer.args.find(({ span }) => encloses(span, inner.span));
  if (word === undefined || !/^"?(?:\$\(|`|<\()/.test(word.raw)) return false;
  if (/^(?:eval|source|\.)$/.test(name)) return true;
  const [first] = outer.args;
  return interpreters.test(name) && (first === word || /^-\w*c$/.test(first?.text ?? ''));
}

/** A shell that reads its script from the pipe, behind sudo or env too; not one that is given a file or a script. */
function interprets(statement: Statement): boolean {
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
