/** hadolint DL3013; pip, setuptools and wheel are tools of the build, and what a requirements file names is its affair. */
import { rule } from '../../lint/rule.ts';
import type { Package } from '../../programs/install.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { isOpen, loosePackages } from '../../lint/checks/loose-packages.ts';

const tools = ['pip', 'setuptools', 'wheel'];

export default rule({
  summary: 'Name the version of packages from PyPI',
  why: 'pip takes the newest release there is on the day of the build. A release that removes a function breaks an image whose file nobody touched; a version, or a requirements file, keeps what was tested.',
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
    for (const { install } of [
      ...installsOf(model, 'pip', pipLike),
      ...installsOf(model, 'uv', uvLike),
    ]) {
      const { packages, invocation } = install;
      if (invocation.has('-r', '--requirement', '-c', '--constraint', '-e', '--editable')) continue;
      if (packages.some(({ name }) => /^\.(?:\[|$)/.test(name))) continue;
      const problem = loosePackages(packages, isLoose);
      if (problem) report({ ...problem, also: install.manager === 'pip' ? ['DL3013'] : [] });
    }
  },
});

function isLoose(one: Package): boolean {
  const { name, version, from, word } = one;
  if (/^(?:git|hg|svn|bzr)\+/.test(word.text)) return !/:\/\/[^/]*\/.*@/.test(word.text);
  if (version !== undefined || from !== 'registry' || isOpen(one)) return false;
  return !name.includes('/') && !tools.includes(name.toLowerCase());
}
