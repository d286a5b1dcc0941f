/** BuildKit dockerfile2llb/convert_expose.go: "invalid containerPort" and its like; hadolint DL3011. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { expanded } from '../../model/expanded-words.ts';
import { hasMisprint } from '../../text/misprints.ts';
import { portTrouble } from '../../syntax/ports.ts';

export default rule({
  summary: 'Expose ports from 0 to 65535, alone or as a range, with `/tcp`, `/udp` or `/sctp`',
  why: 'Docker refuses anything else. A port of the host has no place here: `docker run -p` maps ports.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3011'] },
  links: ['https://docs.docker.com/reference/dockerfile/#expose'],
  on: { instructions: ['EXPOSE'] },
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
  check({ model, report }) {
    for (const { args, onbuild } of model.each('EXPOSE')) {
      if (onbuild === true) continue;
      for (const word of args) {
        const ports = expanded(model, word)?.words ?? [];
        const wrong = ports
          .filter((port) => !hasMisprint(port))
          .map(portTrouble)
          .find((it) => it !== undefined);
        if (wrong === undefined) continue;
        report({
          at: word,
          message: wrong,
          also: isOutOfRange(word.text) ? ['DL3011'] : [],
        });
      }
    }
  },
});

/** A port or a range, whatever the protocol, that leaves 0 to 65535: hadolint looks for no more. */
function isOutOfRange(text: string): boolean {
  const [, first, last] = /^(-?\d+)(?:-(\d+))?(?:\/\w*)?$/.exec(text) ?? [];
  return [first, last].some((port) => Number(port) > 65535 || Number(port) < 0);
}
