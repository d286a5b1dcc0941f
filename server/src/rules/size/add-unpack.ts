/** tally prefer-add-unpack. Off: `--unpack` was added in 2025, and older builders do not support it. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { curl } from '../../programs/curl.ts';
import { invoke } from '../../programs/program.ts';
import { tar, tarLike } from '../../programs/tar.ts';
import { wget } from '../../programs/wget.ts';
import { downloaders } from '../../programs/downloaders.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';
import { laterCommand, type LaterSearch } from '../../model/later-commands.ts';

const plainBlocks: ReadonlySet<string> = new Set(['group', 'subshell']);

/** By the name of the archive. */
const extracting: LaterSearch = {
  names: tarLike,
  wordsOf: (command) => {
    const file = extracts(command) ? invoke(command, tar)?.value('-f', '--file') : undefined;
    return file === undefined ? [] : [file.text];
  },
};

export default rule({
  summary: 'Use `ADD --unpack` to download and extract archives',
  why: '`ADD --unpack` downloads and extracts an archive without `curl` and `tar` in the image, checks with the server whether the archive has changed, and can verify it with `--checksum`.\n\nThis rule is off by default, because `--unpack` requires Dockerfile syntax 1.17 or later.',
  severity: 'off',
  since: '0.1.0',
  also: { tally: ['tally/prefer-add-unpack'] },
  links: ['https://docs.docker.com/reference/dockerfile/#add---unpack'],
  on: { commands: downloaders },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «curl -fsSL https://example.org/tool.tar.gz» | tar -xz -C /opt
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        ADD --unpack=true --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/tool.tar.gz /opt/
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...downloaders)) {
      const url = at.command.args.find(({ text }) => /^https?:\/\//.test(text));
      // An instruction cannot depend on a condition of a script.
      if (at.ancestors.some((one) => one.kind === 'block' && !plainBlocks.has(one.opener)))
        continue;
      const extraction = url && (extractionInPipe(at) ?? laterExtraction(model, at, url));
      if (extraction === undefined) continue;
      report({
        at: at.command,
        message: t('`ADD --unpack` can download and extract this archive'),
        related: [{ at: extraction, message: t('Extracted here') }],
      });
    }
  },
});

function extracts(command: Command): boolean {
  const invocation = invoke(command, tar);
  return invocation?.has('-x', '--extract', '--get') === true && invocation.operands.length === 0;
}

/** `curl … | tar -x` and nothing else in the pipe. */
function extractionInPipe({ command, ancestors }: CommandAt): Command | undefined {
  const pipe = ancestors.at(-1);
  if (pipe?.kind !== 'pipeline' || pipe.parts[0] !== command) return undefined;
  const [, second, third] = pipe.parts;
  return second?.kind === 'command' && third === undefined && extracts(second) ? second : undefined;
}

/** `curl -o file … && tar -xf file` in one step. */
function laterExtraction(model: Model, at: CommandAt, url: ShellWord): Command | undefined {
  const to =
    invoke(at.command, curl)?.value('-o', '--output') ??
    invoke(at.command, wget)?.value('-O', '--output-document');
  const file = to?.text ?? fileName(url.text);
  return laterCommand(model, at, extracting, file);
}
