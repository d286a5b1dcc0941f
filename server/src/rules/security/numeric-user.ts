/** hadolint DL3066. Off by default: most images are designed for a user name, such as `USER node` (hadolint #1234). */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { isOnWindows } from '../../model/windows.ts';

export default rule({
  summary: 'Use a numeric UID in `USER`',
  why: 'With `runAsNonRoot`, Kubernetes starts a container only if it can verify that its user is not root, and it cannot do that for a user name. This rule is off by default because a name is easier to read where images do not run on Kubernetes.',
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
      // `root` is known to be root, and Windows has no numeric user IDs.
      if (/^\d*$/.test(name) || name === 'root' || isOnWindows(model, instruction)) continue;
      report({
        at: user,
        message: t('Kubernetes cannot verify that `{0}` is not root; use a numeric UID', name),
      });
    }
  },
});
