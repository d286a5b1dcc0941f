/** tally curl-should-follow-redirects, for downloads that are kept. */
import { rule } from '../../lint/rule.ts';
import { curlLike } from '../../programs/curl.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { downloadsOf } from '../../model/downloads.ts';
import { withOption } from '../../lint/edits/added-option.ts';

/** Hosts that send the files themselves. */
const answersItself =
  /^(?:https?:\/\/)?(?:sh\.rustup\.rs|(?:dl|packages\.cloud)\.google\.com|storage\.googleapis\.com|[\w.-]+\.amazonaws\.com|raw\.githubusercontent\.com|api\.github\.com)(?:\/|$)/;

export default rule({
  summary: 'Let curl follow where a file has moved to',
  why: 'Without `--location`, curl keeps the answer “moved” itself, which is an empty file or a short page, and succeeds. Release pages and mirrors send most downloads elsewhere.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/curl-should-follow-redirects'] },
  links: ['https://curl.se/docs/manpage.html#-L'],
  on: { commands: curlLike },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «curl» -fsSO https://example.org/tool.tar.gz
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        RUN curl -LfsSO https://example.org/tool.tar.gz
      `,
    },
  ],
  check({ model, report }) {
    for (const { at, invocation, url } of downloadsOf(model)) {
      if (answersItself.test(url.text)) continue;
      if (invocation.has('-L', '--location', '--location-trusted', '--follow')) continue;
      // Whoever says how many, or to which protocols alone, has thought of it.
      if (invocation.has('--max-redirs', '--proto', '--proto-redir')) continue;
      const edit = withOption(at, 'L');
      report({
        at: at.command.name ?? at.command,
        message: t('Where the file has moved, this keeps the answer that says so'),
        ...(edit && { fix: { title: t('Add {0}', '-L'), edits: [edit], safe: false } }),
      });
    }
  },
});
