/** hadolint DL3026, with the defaults of ARG substituted (hadolint #315, #1054) and `COPY --from` (#1108). */
import { object, texts } from '../../../../contract/schema.ts';
import { rule, type Report } from '../../lint/rule.ts';
import { parseImage } from '../../images/image.ts';
import { stageReferences } from '../../model/references.ts';
import { dockerfile } from '../../text/dedent.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use images from trusted registries only',
  why: 'A build runs code from the images that it pulls. Companies that mirror and scan images can use this rule to allow only their own registries. It reports nothing until the option `registries` is set.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3026'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3026'],
  options: object({
    registries: texts(
      [],
      'Trusted registries. `*` matches every registry, `*.example.org` every subdomain, and `docker.io` images without a registry.',
    ),
  }),
  onWith: ({ registries }) => ({
    instructions: registries.length > 0 ? ['FROM', 'COPY', 'RUN'] : [],
  }),
  examples: [
    {
      options: { registries: ['registry.example.org'] },
      bad: dockerfile`
        FROM «debian:trixie-slim»
      `,
      good: dockerfile`
        FROM registry.example.org/debian:trixie-slim
      `,
    },
  ],
  check({ model, options: { registries }, report }) {
    if (registries.length === 0) return;
    for (const { from, image: reference, base } of model.stages) {
      if (reference === undefined || reference === 'scratch' || base?.kind === 'stage') continue;
      reportUntrusted(from.image ?? from, reference, registries, report);
    }
    for (const instruction of model.each('COPY', 'RUN')) {
      for (const { name, span } of stageReferences(instruction, model.source.text)) {
        if (name.includes('$') || name === 'scratch' || /^\d+$/.test(name)) continue;
        if (model.stageNamed(name)) continue;
        reportUntrusted({ span }, name, registries, report);
      }
    }
  },
});

function reportUntrusted(
  at: Node,
  reference: string,
  trusted: readonly string[],
  report: Report,
): void {
  const parsed = parseImage(reference);
  if (parsed === undefined) return;
  const names = parsed.registry === undefined ? ['docker.io', 'hub.docker.com'] : [parsed.registry];
  if (names.some((name) => trusted.some((pattern) => isMatch(name, pattern)))) return;
  report({ at, message: t('`{0}` is not a trusted registry', names[0] ?? '') });
}

function isMatch(name: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return name === pattern;
}
