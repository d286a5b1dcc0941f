/** Our own: without it a page that says "not found" is a download like any other, unless the same step finds out. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { curlLike } from '../../programs/curl.ts';
import { tarLike } from '../../programs/tar.ts';
import { isNamed } from '../../programs/program.ts';
import { unpackers } from '../../programs/unpackers.ts';
import { gpgLike } from '../../programs/verifiers.ts';
import { nameOf } from '../../shell/commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { fileName } from '../../text/path.ts';
import { downloadsOf, type Download } from '../../model/downloads.ts';
import { withOption } from '../../lint/edits/added-option.ts';
import { isVerified } from '../../model/verification.ts';

export default rule({
  summary: 'Let curl fail where the server answers with an error',
  why: 'Without `--fail`, curl takes the page that says “404 Not Found” for the file, and succeeds. The step goes on with HTML in place of a program, a list or a script, and fails somewhere else or not at all. What the same step unpacks, or compares with a checksum, is not told of.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://curl.se/docs/manpage.html#-f'],
  on: { commands: curlLike },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «curl» -sSL -o /usr/local/bin/tool https://example.org/tool
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        RUN curl -fsSL -o /usr/local/bin/tool https://example.org/tool
      `,
    },
  ],
  check({ model, report }) {
    for (const download of downloadsOf(model)) {
      const { at, invocation } = download;
      if (invocation.has('-f', '--fail', '--fail-with-body', '--fail-early')) continue;
      if (isRefused(model, download)) continue;
      const edit = withOption(at, 'f');
      report({
        at: at.command.name ?? at.command,
        message: t('An error page of the server would be taken for the file'),
        ...(edit && { fix: { title: t('Add {0}', '-f'), edits: [edit], safe: false } }),
      });
    }
  },
});

/** They read one kind of file, and fail at a page. */
const readers = [...tarLike, ...unpackers, 'gzip', 'xz', 'bzip2', 'zstd', 'cpio', 'dpkg', 'rpm', ...gpgLike, 'apt-key']; // prettier-ignore

/** A program of the same step would refuse what is no archive, package or key, or not the expected one. */
function isRefused(model: Model, { at, invocation, url }: Download): boolean {
  const { command, run, inside } = at;
  const piped = inside.findLast((one) => one.kind === 'pipeline');
  if (piped !== undefined && piped.parts.at(-1) !== command) {
    const next = piped.parts[piped.parts.indexOf(command) + 1];
    const name = next?.kind === 'command' ? nameOf(next) : undefined;
    if (name !== undefined) return isNamed(name, readers);
  }
  if (isVerified(model, run)) return true;
  const to = command.redirects.find(({ operator }) => operator.startsWith('>'))?.target;
  const file = (to ?? invocation.value('-o', '--output'))?.text ?? fileName(url.text);
  if (file === '') return false;
  return model
    .commandsIn(run, ...readers)
    .some((one) => one.command.args.some(({ text }) => text === file || text.endsWith(`/${file}`)));
}
