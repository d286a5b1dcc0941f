/** Our own. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { gitLike } from '../../programs/git.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { isVerified } from '../../model/verification.ts';

const names = [...downloaders, ...gitLike];
/** Names with a dot that are no private ones; a mirror inside a company may well have no certificate. */
const address =
  /^(["']?)http:\/\/(?!(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.))(?:[\w-]+\.)+(?!(?:local|localdomain|internal|intranet|lan|corp|home|svc|test|invalid|localhost)\b)[a-z]{2,}(?=[/:?'"]|$)/i;

export default rule({
  summary: 'Download over HTTPS',
  why: 'Over plain HTTP anyone on the way can send something else, and the build takes it. Where a server has nothing better, compare a checksum or a signature in the same step.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/'],
  on: { instructions: ['ADD'], commands: names, words: ['http://'] },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN curl -fsSLO «http://downloads.example.org/tool.tar.gz»
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie-curl
        RUN curl -fsSLO https://downloads.example.org/tool.tar.gz
      `,
    },
  ],
  check({ model, report }) {
    const verified = new Map<Run, boolean>();
    for (const { command, run, via } of model.commands(...names)) {
      const word = command.args.find(({ text }) => address.test(text));
      if (word === undefined || isChecked(model, run, verified)) continue;
      report(problem(word, via === 'nested' ? undefined : model));
    }
    for (const { sources, flags } of model.each('ADD')) {
      if (flags.some(({ name }) => name.text === 'checksum')) continue;
      for (const word of sources) if (address.test(word.text)) report(problem(word, model));
    }
  },
});

function isChecked(model: Model, run: Run, known: Map<Run, boolean>): boolean {
  const found = known.get(run) ?? isVerified(model, run);
  known.set(run, found);
  return found;
}

function problem(at: Node, model: Model | undefined) {
  const start = model?.tree.text.indexOf('http://', at.span.start) ?? -1;
  const isHere = start >= 0 && start < at.span.end;
  return {
    at,
    message: t('Anyone on the way can send something else over plain HTTP'),
    ...(isHere && {
      fix: {
        title: t('Write {0}', 'https://'),
        edits: [insert(start + 'http'.length, 's')],
        safe: false as const,
      },
    }),
  };
}
