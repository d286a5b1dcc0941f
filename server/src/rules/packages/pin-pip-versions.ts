/** hadolint DL3013, except for the build tools pip, setuptools and wheel, and for requirements files. */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import type { Package } from '../../programs/install.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

const tools = ['pip', 'setuptools', 'wheel'];

export default rule({
  summary: 'Pin package versions in `pip install`',
  why: 'Without a version, pip installs the newest release on the day of the build. An incompatible release then breaks the image although the Dockerfile did not change. Pin the version that was tested, or use a requirements file, whose contents this rule does not check.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3013'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3013'],
  on: { commands: [...pipLike, ...uvLike] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        RUN pip install --no-cache-dir «flask»
      `,
      good: dockerfile`
        FROM python:3.13-slim
        RUN pip install --no-cache-dir flask==3.1.2
      `,
    },
  ],
  check({ model, report }) {
    const problems: StepProblem[] = [];
    for (const { install, run } of [
      ...installsOf(model, 'pip', pipLike),
      ...installsOf(model, 'uv', uvLike),
    ]) {
      const { packages, invocation } = install;
      if (invocation.has('-r', '--requirement', '-c', '--constraint', '-e', '--editable')) continue;
      // Local wheels have the versions that were built.
      if (invocation.has('--no-index')) continue;
      if (packages.some(({ name }) => /^\.(?:\[|$)/.test(name))) continue;
      const problem = unpinnedProblem(packages, isUnpinned);
      if (problem === undefined) continue;
      const also = install.manager === 'pip' ? ['DL3013'] : [];
      problems.push({ run, problem: { ...problem, also } });
    }
    reportSteps(problems, report);
  },
});

function isUnpinned(one: Package): boolean {
  const { name, version, from, word } = one;
  if (/^(?:git|hg|svn|bzr)\+/.test(word.text)) return !/:\/\/[^/]*\/.*@/.test(word.text);
  if (version !== undefined || from !== 'registry' || hasExpansion(one)) return false;
  return !name.includes('/') && !tools.includes(name.toLowerCase());
}
