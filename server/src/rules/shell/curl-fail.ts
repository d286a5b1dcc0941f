/** Not in other linters. Without `-f`, an error page is saved like any other download, unless the same step detects it. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { curlLike } from '../../programs/curl.ts';
import { tarLike } from '../../programs/tar.ts';
import { isNamed } from '../../programs/program.ts';
import { unpackers } from '../../programs/unpackers.ts';
import { gpgLike } from '../../programs/verifiers.ts';
import { nameOf } from '../../shell/commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';
import { downloadsOf, type Download } from '../../model/downloads.ts';
import { addOption } from '../../lint/edits/add-option.ts';
import { isVerified } from '../../model/verification.ts';

export default rule({
  summary: 'Use `curl -f` so that HTTP errors fail the step',
  why: 'Without `-f` (`--fail`), curl saves the body of an HTTP error response, such as a "404 Not Found" page, and exits with 0. The step continues with HTML instead of the program, list or script, and fails later or not at all.\n\nDownloads that the same step extracts, installs as a package, imports as a key or verifies are not reported, because these commands reject an error page.',
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
      if (isRejected(model, download)) continue;
      const edit = addOption(at, 'f');
      report({
        at: at.command.name ?? at.command,
        message: t('Without `-f`, curl treats an HTTP error page as success'),
        ...(edit && { fix: { title: t('Add `{0}`', '-f'), edits: [edit], safe: false } }),
      });
    }
  },
});

/** Programs that read one kind of file and fail on an HTML page. */
const readers = [...tarLike, ...unpackers, 'gzip', 'xz', 'bzip2', 'zstd', 'cpio', 'dpkg', 'rpm', ...gpgLike, 'apt-key']; // prettier-ignore

/** Whether a program in the same step rejects a file that is not an archive, package or key, or not the expected one. */
function isRejected(model: Model, { at, invocation, url }: Download): boolean {
  const { command, run, ancestors } = at;
  const pipe = ancestors.findLast((one) => one.kind === 'pipeline');
  if (pipe !== undefined && pipe.parts.at(-1) !== command) {
    const next = pipe.parts[pipe.parts.indexOf(command) + 1];
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
