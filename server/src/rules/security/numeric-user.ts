/** hadolint DL3066. Off: `USER node` is what most images are made for (#1234). */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Name the user by number',
  why: 'Kubernetes with `runAsNonRoot` starts an image only where it can tell that its user is not root, and of a name it can not. Elsewhere a name is easier to read.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3066'] },
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  on: { instructions: ['USER'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        USER «node»
      `,
      good: dockerfile`
        FROM node:24-slim
        USER 1000
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('USER')) {
      const [user] = instruction.args;
      if (user === undefined || user.variables.length > 0) continue;
      const [name = ''] = user.text.split(':');
      // Root is root by any name, and Windows has no numbers.
      if (/^\d*$/.test(name) || name === 'root' || isOnWindows(model, instruction)) continue;
      report({ at: user, message: t('Of `{0}` Kubernetes can not tell whether it is root', name) });
    }
  },
});
