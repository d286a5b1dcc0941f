/** Platforms, the builder, and the build cache. */
import { t } from '@vscode/l10n';
import { createSyntax } from '../../command-line/syntax.ts';
import { flag, isOn, list, oneColumn, text } from './option.ts';
import { cachesOf, cacheSyntax } from './target.ts';

/** The platforms of all values, each once. */
export function platformsOf(values: readonly string[]): readonly string[] {
  const all = values.flatMap((value) => value.split(',').map((one) => one.trim()));
  return [...new Set(all.filter((one) => one !== ''))];
}

export const platformOptions = {
  platform: list({
    label: () => t('Platforms'),
    about: () =>
      t('Every platform is one build. A foreign platform runs under emulation and is slower.'),
    syntax: createSyntax((value) => {
      const wrong = platformsOf([value]).find((one) => !/^[\w.-]+(?:\/[\w.-]+){0,2}$/.test(one));
      return wrong === undefined
        ? undefined
        : t('{0} is not a valid platform; use a form such as {1}', wrong, 'linux/arm64');
    }),
    write: (values) => ({ platforms: platformsOf(values) }),
    field: { section: 'platforms', control: { kind: 'platforms' } },
  }),
  builder: text({
    label: () => t('Builder'),
    about: () => t('Where the build runs.'),
    // Here, the default is the engine of this window.
    write: (values) => {
      const name = values.at(-1) ?? '';
      return name === '' || name === 'default' ? {} : { builder: name };
    },
    field: { section: 'platforms', control: { kind: 'builder' } },
  }),
};

export const cacheOptions = {
  'no-cache': flag({
    label: () => t('Build without cache'),
    about: () => t('Run every step again, also unchanged ones.'),
    write: (values) => (isOn(values) ? { noCache: true } : {}),
    field: { section: 'cache', control: { kind: 'check' } },
  }),
  'no-cache-filter': list({
    label: () => t('Stages without cache'),
    about: () => t('Run the steps of these stages again.'),
    write: (values) => ({
      noCache: values.flatMap((value) => value.split(',')).filter((stage) => stage !== ''),
    }),
    field: { section: 'cache', control: oneColumn(() => t('Add stage')) },
  }),
  pull: flag({
    label: () => t('Pull base images'),
    about: () => t('Check the registry for newer base images.'),
    write: (values) => ({ pull: isOn(values) }),
    field: { section: 'cache', control: { kind: 'check' } },
  }),
  'cache-from': list({
    color: 'path',
    label: () => t('Import cache from'),
    about: () => t('Images or directories with a build cache that an earlier build has stored.'),
    syntax: cacheSyntax,
    write: (values, context) => ({ cacheFrom: cachesOf(values, context) }),
    field: {
      section: 'cache',
      control: oneColumn(() => t('Add source, for example {0}', 'type=registry,ref=app:cache')),
    },
  }),
  'cache-to': list({
    color: 'path',
    label: () => t('Export cache to'),
    about: () => t('Where the build cache is stored for later builds.'),
    syntax: cacheSyntax,
    write: (values, context) => ({ cacheTo: cachesOf(values, context) }),
    field: {
      section: 'cache',
      control: oneColumn(() => t('Add destination, for example {0}', 'type=inline')),
    },
  }),
};
