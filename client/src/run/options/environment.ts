/** Options for environment variables, labels and annotations. */
import { t } from '@vscode/l10n';
import { fullPath } from '../../command-line/paths.ts';
import { environmentOf, labelsOf, linesOf } from '../env.ts';
import { pairOf } from '../../command-line/values.ts';
import { each, map, relative } from './compose-keys.ts';
import { list, type Place } from './option.ts';
import { host, pairs } from './places.ts';
import { createSyntax, nameOrPair, type Syntax } from '../../command-line/syntax.ts';

const env: Place = {
  write: (values, line) => {
    const all = environmentOf(line.values('env-file'), values, line.outside);
    return all.length === 0 ? {} : { config: { Env: all } };
  },
  read: ({ container, image }) => {
    const ofImage = new Set(image.Env);
    return (container.config.Env ?? []).filter((entry) => !ofImage.has(entry));
  },
};

const label: Place = {
  write: (values, line) => {
    const all = labelsOf(line.values('label-file'), values, line.outside.files);
    return Object.keys(all).length === 0 ? {} : { config: { Labels: all } };
  },
  // Compose identifies its containers by these labels, and a copy does not belong to the project.
  read: ({ container, image }) =>
    Object.entries(container.config.Labels ?? {})
      .filter(
        ([name, value]) =>
          image.Labels?.[name] !== value && !name.startsWith('com.docker.compose.'),
      )
      .map(([name, value]) => `${name}=${value}`),
};

const path: Syntax = (value, context) => ({ value: fullPath(value, context) });

const labelSyntax = createSyntax((value) => {
  const name = pairOf(value)[0].replace(/^[ \t]+/, '');
  if (name === '') return t('{0} has no name before =', value);
  return /[ \t]/.test(name) ? t('{0} has whitespace in its name', value) : undefined;
});

/** Whether compose reads the file differently: it interprets quotes, variables and comments. */
function isSpecial(text: string | undefined): boolean {
  return linesOf(text ?? '').some((line) => !/^[\w.-]+=[\w./:@%+,=-]*$/.test(line));
}

export const environmentOptions = {
  env: list({
    short: 'e',
    brief: true,
    syntax: nameOrPair,
    place: env,
    compose: each('environment'),
    field: 'lines',
  }),
  'env-file': list({
    syntax: path,
    // `env` handles its variables.
    place: {},
    compose: (values, { folder, files }) => ({
      service: {
        env_file: values.map((file) =>
          isSpecial(files.get(file))
            ? { path: relative(file, folder), format: 'raw' }
            : relative(file, folder),
        ),
      },
    }),
    field: 'lines',
  }),
} as const;

export const labelOptions = {
  label: list({
    short: 'l',
    syntax: labelSyntax,
    place: label,
    compose: map('labels'),
    field: 'lines',
  }),
  'label-file': list({
    syntax: path,
    // `label` handles its labels.
    place: {},
    compose: (values, { values: of, folder, files }) => {
      const special = values.filter((file) => isSpecial(files.get(file)));
      const plain = values.filter((file) => !special.includes(file));
      return {
        service: {
          ...(plain.length > 0 && { label_file: plain.map((file) => relative(file, folder)) }),
          ...(special.length > 0 && { labels: labelsOf(special, of('label'), files) }),
        },
      };
    },
  }),
  annotation: list({
    syntax: nameOrPair,
    place: host('Annotations', pairs),
    compose: map('annotations'),
    since: '1.43',
  }),
} as const;
