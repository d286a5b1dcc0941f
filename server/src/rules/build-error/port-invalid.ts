/** BuildKit dockerfile2llb/convert.go, parsePortSpecs (github.com/docker/go-connections/nat); hadolint DL3011. */
import { t } from '@vscode/l10n';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { expanded } from '../expanded.ts';
import { hasMisprint } from '../misprint.ts';

export default rule({
  summary: 'Expose ports from 0 to 65535, alone or as a range, with `/tcp`, `/udp` or `/sctp`',
  why: 'Docker refuses anything else. A port of the host has no place here: `docker run -p` maps ports.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3011'] },
  links: ['https://docs.docker.com/reference/dockerfile/#expose'],
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE «80800»
        EXPOSE «53/upd»
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        EXPOSE 8080
        EXPOSE 53/udp
      `,
    },
  ],
  *check({ model }) {
    for (const instruction of model.each('EXPOSE')) {
      const { args, onbuild } = instruction;
      if (onbuild === true) continue;
      for (const word of args) {
        const text = expanded(model, instruction, word);
        if (text === undefined || text === '' || hasMisprint(text)) continue;
        const wrong = text
          .split(/\s+/)
          .map(wrongWith)
          .find((it) => it !== undefined);
        if (wrong === undefined) continue;
        yield {
          at: word,
          message: wrong,
          also: /^\d+(-\d+)?$/.test(word.text) && /\d{5}/.test(word.text) ? ['DL3011'] : [],
        };
      }
    }
  },
});

function wrongWith(text: string): string | undefined {
  const slash = text.indexOf('/');
  const protocol = slash < 0 ? '' : text.slice(slash + 1);
  const ports = slash < 0 ? text : text.slice(0, slash);
  if (ports === '') return t('`{0}` has no port', text);
  if (!['', 'tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) {
    return t('`{0}` is no protocol; there are `tcp`, `udp` and `sctp`', protocol);
  }
  // What stands before the last colon is address and port of a host, which is read and dropped.
  const container = ports.slice(ports.lastIndexOf(':') + 1);
  const range = /^(\d+)(?:-(\d+))?$/.exec(container);
  if (!range) return t('`{0}` is no port', container);
  const first = Number(range[1]);
  const last = Number(range[2] ?? range[1]);
  if (first > 65535 || last > 65535) return t('`{0}` is no port: the highest is 65535', container);
  return last < first ? t('The range `{0}` ends before it begins', container) : undefined;
}
