/** Not in other linters. Without `-f`, an error page is saved like any other download, unless the same step detects it. */
import { rule } from '../../lint/rule.ts';
import { curlLike } from '../../programs/curl.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { reportMissing } from '../../lint/checks/curl-options.ts';

export default rule({
  summary: 'Use `curl -f` so that HTTP errors fail the step',
  why: 'Without `-f` (`--fail`), curl saves the body of an HTTP error response, such as a "404 Not Found" page, and exits with 0. The step continues with HTML instead of the program, list or script, and fails later or not at all.\n\nDownloads that the same step extracts, installs as a package, imports as a key, verifies or runs as a script are not reported, because these commands reject an error page.',
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
    reportMissing(model, report, (letters) => {
      if (letters === 'L') return undefined;
      return letters === 'f'
        ? t('Without `-f`, curl treats an HTTP error page as success')
        : t('Without `-fL`, curl treats an HTTP error page or a redirect as the file');
    });
  },
});
