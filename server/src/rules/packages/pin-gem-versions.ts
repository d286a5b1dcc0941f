/** hadolint DL3028. Arguments after `--`, `--use-…` and `--with-…` are for the build of the gem. */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import { gemLike } from '../../programs/gem.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

export default rule({
  summary: 'Pin gem versions in `gem install`',
  why: 'Without a version, the newest gem on the day of the build is installed. Two builds of the same file can differ, and an incompatible release breaks the image.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3028'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3028'],
  on: { commands: gemLike },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        RUN gem install «bundler»
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        RUN gem install bundler:2.7.2
      `,
    },
  ],
  check({ model, report }) {
    const problems: StepProblem[] = [];
    for (const { install, command, run } of installsOf(model, 'gem', gemLike)) {
      const { args } = command;
      const end = args.findIndex(({ text }) => text === '--');
      const buildArguments = args.filter((_, i) =>
        /^--(?:use|with)-/.test(args[i - 1]?.text ?? ''),
      );
      const operands = end < 0 ? args : args.slice(0, end);
      const problem = unpinnedProblem(
        install.packages,
        (one) =>
          operands.includes(one.word) &&
          !buildArguments.includes(one.word) &&
          one.version === undefined &&
          one.from === 'registry' &&
          !hasExpansion(one),
      );
      if (problem) problems.push({ run, problem });
    }
    reportSteps(problems, report);
  },
});
