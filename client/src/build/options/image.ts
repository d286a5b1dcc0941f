/** What is built: tags, the Dockerfile, the stage, arguments and labels. */
import { t } from '@vscode/l10n';
import { createSyntax, nameOrPair } from '../../command-line/syntax.ts';
import { pairOf, pairsOf } from '../../command-line/values.ts';
import type { LineContext } from '../../command-line/words.ts';
import { referenceError, withTag } from '../../registry/image-reference.ts';
import { list, oneColumn, text, twoColumns } from './option.ts';

/** `NAME=value`; a name alone gets the value of the local variable, and is left out if there is none. */
function argumentsOf(
  values: readonly string[],
  { variables }: LineContext,
): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const entry of values) {
    const [name, value = variables[name]] = pairOf(entry);
    if (value !== undefined) found.set(name, value);
  }
  return Object.fromEntries(found);
}

export const imageOptions = {
  tag: list({
    short: 't',
    brief: true,
    color: 'image',
    label: () => t('Tags'),
    about: () => t('Names of the image. The first one is shown in messages.'),
    syntax: createSyntax(referenceError),
    write: (values) => ({ tags: [...new Set(values.map(withTag))] }),
    field: { section: 'common', control: oneColumn(() => t('Add tag')) },
  }),
  file: text({
    short: 'f',
    brief: true,
    color: 'path',
    label: () => t('Dockerfile'),
    about: () =>
      t(
        'Path of the Dockerfile, from the workspace folder. Default: `Dockerfile` in the build context.',
      ),
    field: {
      section: 'common',
      control: { kind: 'text', placeholder: './Dockerfile', browse: 'file' },
    },
  }),
  target: text({
    label: () => t('Target stage'),
    about: () => t('Stage to build. Stages that it does not need are skipped.'),
    write: ([target = '']) => (target === '' ? {} : { target }),
    field: { section: 'common', control: { kind: 'target' } },
  }),
  'build-arg': list({
    color: 'pair',
    label: () => t('Arguments'),
    about: () => t('Values for the `ARG` instructions of this Dockerfile.'),
    syntax: nameOrPair,
    write: (values, context) => ({ buildArgs: argumentsOf(values, context) }),
    field: { section: 'arguments', control: { kind: 'arguments' } },
  }),
};

export const labelOptions = {
  label: list({
    color: 'pair',
    label: () => t('Labels'),
    about: () => t('Metadata of the image, in addition to the `LABEL` instructions.'),
    syntax: nameOrPair,
    write: (values) => ({ labels: pairsOf(values) }),
    field: {
      section: 'labels',
      control: twoColumns(
        [
          { id: 'name', label: () => t('Name') },
          { id: 'value', label: () => t('Value') },
        ],
        { add: () => t('Add label, for example {0}', 'org.opencontainers.image.source=…') },
      ),
    },
  }),
};
