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
    const verification = new Verification(model);
    for (const instruction of model.each('ADD')) {
      if (instruction.flags.some(({ name }) => name.text === 'checksum')) continue;
      for (const word of instruction.sources) {
        if (remoteKind(word.text) !== 'http' || cacheBusters.test(word.text)) continue;
        if (verification.isLater(instruction, fileName(word.text))) continue;
        report({
          at: word,
          message: t('This download is not verified; add `--checksum`'),
        });
      }
    }
  },
});

/** Finds later steps that verify a checksum or a signature of a file. */
class Verification {
  readonly #model: Model;
  /** How many more commands are looked at: thousands of downloads and of commands would take seconds. */
  #left = 100_000;

  constructor(model: Model) {
    this.#model = model;
  }
  /** Whether there is one, or may be one after the limit. */
  isLater(add: InstructionOf<'ADD'>, name: string): boolean {
    const { source } = this.#model;
    for (const { run, command } of this.#model.commands(...verifiers)) {
      if (--this.#left < 0) return true;
      if (name === '' || run.span.start < add.span.start) continue;
      const text = source.text.slice(run.span.start, run.span.end);
      if (text.includes(name) || command.args.some((word) => word.text.includes(name))) return true;
    }
    return false;
  }
}
