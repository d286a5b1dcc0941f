/** Options that the form does not show: of the output of the CLI, of the classic builder, and of other uses of `docker build`. */
import { t } from '@vscode/l10n';
import { flag, isOn, list, text } from './option.ts';

/** Options of the classic builder, which BuildKit ignores. */
const classic = {
  label: () => t('Classic builder'),
  about: () => t('Option of the classic builder.'),
};

const printed = {
  label: () => t('Output of the command'),
  about: () => t('Only changes what the docker command prints or how it sends the context.'),
  printing: true,
} as const;

export const lineOptions = {
  quiet: flag({ short: 'q', ...printed }),
  progress: text({ ...printed }),
  debug: flag({ short: 'D', ...printed }),
  compress: flag({ ...printed }),
  'disable-content-trust': flag({ ...printed }),
  stream: flag({ ...printed }),
  'force-rm': flag({ ...printed }),
  rm: flag({ ...classic, hasEffect: isOn }),
  allow: list({
    label: () => t('Entitlements'),
    about: () => t('Privileges of the build, such as `network.host`.'),
  }),
  annotation: list({
    color: 'pair',
    label: () => t('Annotations'),
    about: () => t('Annotations of the manifest of the image.'),
  }),
  call: text({
    label: () => t('Call'),
    about: () => t('What to do instead of building, such as `check`.'),
    hasEffect: ([value]) => value === 'build',
  }),
  check: flag({
    label: () => t('Check'),
    about: () => t('Check the Dockerfile instead of building it.'),
    hasEffect: (values) => !isOn(values),
  }),
  print: text({ ...classic, hasEffect: ([value]) => value === '' }),
  policy: list({ label: () => t('Policy'), about: () => t('Policy of the sources of the build.') }),
  isolation: text({ ...classic, hasEffect: ([value]) => value === 'default' || value === '' }),
  'security-opt': list({ ...classic }),
  squash: flag({ ...classic, hasEffect: (values) => !isOn(values) }),
};
