/** hadolint DL3026, with the defaults of ARG put in (#315, #1054) and `COPY --from` (#1108). */
import { object, texts } from '../../../../contract/schema.ts';
import { rule, type Report } from '../../lint/rule.ts';
import { image } from '../../images/image.ts';
import { stageReferences } from '../../model/references.ts';
import { dockerfile } from '../../text/dedent.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Take images only from registries that the project trusts',
  why: 'What a build pulls, it runs. A company that mirrors and scans images wants none from elsewhere. Without a list this rule is silent.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3026'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3026'],
  options: object({
    registries: texts(
      [],
      'Registries that are trusted. `*` stands for any, `*.example.org` for all below, `docker.io` for images without registry.',
    ),
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
      untrusted(from.image ?? from, reference, registries, report);
    }
    for (const instruction of model.each('COPY', 'RUN')) {
      for (const { name, span } of stageReferences(instruction, model.tree.text)) {
        if (name.includes('$') || name === 'scratch' || /^\d+$/.test(name)) continue;
        if (model.stageNamed(name)) continue;
        untrusted({ span }, name, registries, report);
      }
    }
  },
});

function untrusted(at: Node, reference: string, trusted: readonly string[], report: Report): void {
  const parsed = image(reference);
  if (parsed === undefined) return;
  const names = parsed.registry === undefined ? ['docker.io', 'hub.docker.com'] : [parsed.registry];
  if (names.some((name) => trusted.some((pattern) => fits(name, pattern)))) return;
  report({ at, message: t('`{0}` is no registry that the project trusts', names[0] ?? '') });
}

function fits(name: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return name === pattern;
}
