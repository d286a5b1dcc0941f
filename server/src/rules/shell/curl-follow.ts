/** tally curl-should-follow-redirects, for downloads that are kept. */
import { rule } from '../../lint/rule.ts';
import { curlLike } from '../../programs/curl.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { reportMissing } from '../../lint/checks/curl-options.ts';

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
    // A download that lacks `-f` too is reported once, with both options.
    reportMissing(model, report, (letters) =>
      letters === 'L'
        ? t('Without `-L`, curl saves the redirect response instead of the file')
        : undefined,
    );
  },
});
