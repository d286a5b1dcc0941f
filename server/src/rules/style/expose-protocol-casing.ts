/** BuildKit ExposeProtoCasing: once for a port. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Write protocols in `EXPOSE` in lower case',
  why: 'Docker takes `TCP` for `tcp`, but other tools that read the image may not.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['ExposeProtoCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/expose-proto-casing/'],
  on: { instructions: ['EXPOSE'] },
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE 80/«TCP»
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE 80/tcp
      `,
    },
  ],
  check({ model, report }) {
    for (const { args, onbuild } of model.each('EXPOSE')) {
      if (onbuild === true) continue;
      for (const { text, raw, span } of args) {
        const slash = raw.indexOf('/');
        const protocol = raw.slice(slash + 1);
        if (slash < 0 || raw !== text || protocol.includes('$')) continue;
        const lower = protocol.toLowerCase();
        if (protocol === lower || !['tcp', 'udp', 'sctp'].includes(lower)) continue;
        const place = { start: span.end - protocol.length, end: span.end };
        report({
          at: { span: place },
          message: t('The protocol `{0}` has capital letters', protocol),
          fix: { title: t('Write {0}', lower), edits: [replace(place, lower)] },
        });
      }
    }
  },
});
