/** BuildKit dockerfile2llb/convert_expose.go: "invalid containerPort" and similar errors; hadolint DL3011. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { hasMisprint } from '../../text/misprints.ts';
import { portTrouble } from '../../syntax/ports.ts';

export default rule({
  summary: 'Use valid ports in `EXPOSE`: 0 to 65535, with `/tcp`, `/udp` or `/sctp`',
  why: '`EXPOSE` takes container ports or ranges of ports, each with an optional protocol. Anything else fails the build, for example with `invalid containerPort`, `invalid port range` or `invalid proto`. Ports of the host are published with `docker run -p`.',
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
        const ports = expandWord(model, word)?.words ?? [];
        const message = ports
          .filter((port) => !hasMisprint(port))
          .map(portTrouble)
          .find((it) => it !== undefined);
        if (message === undefined) continue;
        report({
          at: word,
          message,
          also: isOutOfRange(word.text) ? ['DL3011'] : [],
        });
      }
    }
  },
});

/** Whether a port or an end of a range is outside 0 to 65535, with any protocol; hadolint checks only this. */
function isOutOfRange(text: string): boolean {
  const [, first, last] = /^(-?\d+)(?:-(\d+))?(?:\/\w*)?$/.exec(text) ?? [];
  return [first, last].some((port) => Number(port) > 65535 || Number(port) < 0);
}
