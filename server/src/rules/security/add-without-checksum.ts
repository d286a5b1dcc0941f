/** No equivalent in hadolint, BuildKit or tally. `--checksum` requires Dockerfile syntax 1.6. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { verifiers } from '../../programs/verifiers.ts';
import type { InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';
import { remoteKind } from '../../syntax/remote-source.ts';

/** URLs that are downloaded only to invalidate the build cache when there is a new commit. */
const cacheBusters = /^https:\/\/api\.github\.com\/repos\/|\/info\/refs\b|\/commits\/[\w-]+\.atom$/;

export default rule({
  summary: 'Verify downloads with `ADD --checksum`',
  why: 'Without `--checksum`, `ADD` stores the file that the server sends on the day of the build, and BuildKit has to query the server in every build to check its cache. With it, the build fails if the file has changed. Files that a later step verifies are not reported. Ignore this rule for files that are meant to change.',
  severity: 'info',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  on: { instructions: ['ADD'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ADD «https://example.org/v1.4/tool» /usr/local/bin/tool
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \
            https://example.org/v1.4/tool /usr/local/bin/tool
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('ADD')) {
      if (instruction.flags.some(({ name }) => name.text === 'checksum')) continue;
      for (const word of instruction.sources) {
        if (remoteKind(word.text) !== 'http' || cacheBusters.test(word.text)) continue;
        if (isVerifiedLater(model, instruction, fileName(word.text))) continue;
        report({
          at: word,
          message: t('This download is not verified; add `--checksum`'),
        });
      }
    }
  },
});

/** Whether a later step verifies a checksum or a signature of the file. */
function isVerifiedLater(model: Model, add: InstructionOf<'ADD'>, name: string): boolean {
  for (const { run, command } of model.commands(...verifiers)) {
    if (run.span.start < add.span.start) continue;
    const text = model.source.text.slice(run.span.start, run.span.end);
    if (name !== '' && (text.includes(name) || command.args.some((word) => word.text.includes(name)))) return true; // prettier-ignore
  }
  return false;
}
