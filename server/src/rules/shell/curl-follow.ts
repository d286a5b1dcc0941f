/** tally curl-should-follow-redirects, for downloads that are kept. */
import { rule } from '../../lint/rule.ts';
import { curlLike } from '../../programs/curl.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { downloadsOf } from '../../model/downloads.ts';
import { addOption } from '../../lint/edits/add-option.ts';

/** Hosts that serve files without a redirect. */
const servesDirectly =
  /^(?:https?:\/\/)?(?:sh\.rustup\.rs|(?:dl|packages\.cloud)\.google\.com|storage\.googleapis\.com|[\w.-]+\.amazonaws\.com|raw\.githubusercontent\.com|api\.github\.com)(?:\/|$)/;

export default rule({
  summary: 'Use `curl -L` to follow redirects',
  why: 'Without `-L` (`--location`), curl saves the redirect response itself, which is an empty file or a short page, and exits with 0. Release pages and mirrors redirect most downloads.\n\nHosts that are known to serve files directly, and commands that limit redirects with `--max-redirs`, `--proto` or `--proto-redir`, are not reported.',
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
      if (servesDirectly.test(url.text)) continue;
      if (invocation.has('-L', '--location', '--location-trusted', '--follow')) continue;
      // Options that limit redirects show that their author has considered them.
      if (invocation.has('--max-redirs', '--proto', '--proto-redir')) continue;
      const edit = addOption(at, 'L');
      report({
        at: at.command.name ?? at.command,
        message: t('Without `-L`, curl saves the redirect response instead of the file'),
        ...(edit && { fix: { title: t('Add `{0}`', '-L'), edits: [edit], safe: false } }),
      });
    }
  },
});
