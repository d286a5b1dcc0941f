/** No equivalent in hadolint, BuildKit or tally. */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { downloaders } from '../../programs/downloaders.ts';
import { gemLike } from '../../programs/gem.ts';
import { gitLike } from '../../programs/git.ts';
import { npmLike } from '../../programs/npm.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { isVerified } from '../../model/verification.ts';

const names = [...downloaders, ...gitLike, ...pipLike, ...uvLike, ...npmLike, ...gemLike];
/** URLs with a public host name: an internal mirror often has no certificate. */
const publicUrl =
  /^(["']?)http:\/\/(?!(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.))(?:[\w-]+\.)+(?!(?:local|localdomain|internal|intranet|lan|corp|home|svc|test|invalid|localhost)\b)[a-z]{2,}(?=[/:?'"]|$)/i;

/** Variables with the address from which a package manager downloads. */
const packageIndex = /^(?:PIP_(?:EXTRA_)?INDEX_URL|UV_(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?|NPM_CONFIG_REGISTRY|YARN_REGISTRY|GOPROXY|CARGO_REGISTRIES_\w+_INDEX)$/i; // prettier-ignore

export default rule({
  summary: 'Use HTTPS for downloads',
  why: 'Over plain HTTP, anyone on the network path can replace the download, and the build does not notice. If the server does not support HTTPS, verify a checksum or signature in the same step; such downloads are not reported. Private addresses and internal host names are not reported either.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/'],
  on: { instructions: ['ADD', 'ENV'], commands: names, words: ['http://'] },
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
    const problems: StepProblem[] = [];
    for (const { command, run, via } of model.commands(...names)) {
      const word = command.args.find(({ text }) => publicUrl.test(text));
      if (word === undefined || isChecked(model, run, verified)) continue;
      problems.push({ run, problem: problem(word, via === 'nested' ? undefined : model) });
    }
    reportSteps(problems, report);
    for (const { pairs } of model.each('ENV'))
      for (const { key, value } of pairs)
        if (value && packageIndex.test(key.text) && publicUrl.test(value.raw)) report(problem(value, model)); // prettier-ignore
    for (const { sources, flags } of model.each('ADD')) {
      if (flags.some(({ name }) => name.text === 'checksum')) continue;
      for (const word of sources) if (publicUrl.test(word.text)) report(problem(word, model));
    }
  },
});

function isChecked(model: Model, run: Run, cache: Map<Run, boolean>): boolean {
  const found = cache.get(run) ?? isVerified(model, run);
  cache.set(run, found);
  return found;
}

function problem(at: Node, model: Model | undefined) {
  const start = model?.source.text.indexOf('http://', at.span.start) ?? -1;
  const isHere = start >= 0 && start < at.span.end;
  return {
    at,
    message: t('Anyone on the network path can replace this download, which uses plain HTTP'),
    ...(isHere && {
      fix: {
        title: t('Replace `{0}` with `{1}`', 'http://', 'https://'),
        edits: [insert(start + 'http'.length, 's')],
        safe: false as const,
      },
    }),
  };
}
