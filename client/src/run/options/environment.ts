/** Variables, labels and annotations of a container. */
import { t } from '@vscode/l10n';
import { fullPath } from '../absolute.ts';
import { environmentOf, labelsOf, linesOf } from '../env.ts';
import { pairOf } from '../values.ts';
import { each, map, relative } from './compose-keys.ts';
import { list, type Place, type Syntax } from './option.ts';
import { host, pairs } from './places.ts';
import { checked, named } from './syntax.ts';

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
  // Compose finds its containers by their labels, and a copy is not one of them.
  read: ({ container, image }) =>
    Object.entries(container.config.Labels ?? {})
      .filter(
        ([name, value]) =>
          image.Labels?.[name] !== value && !name.startsWith('com.docker.compose.'),
      )
      .map(([name, value]) => `${name}=${value}`),
};

const path: Syntax = (value, around) => ({ value: fullPath(value, around) });

const labelSyntax = checked((value) => {
  const name = pairOf(value)[0].replace(/^[ \t]+/, '');
  if (name === '') return t('{0} has no name before =', value);
  return /[ \t]/.test(name) ? t('{0} has whitespace in its name', value) : undefined;
});

/** Compose reads such files as shell-like text: quotes, variables and comments mean something there. */
function isSpecial(text: string | undefined): boolean {
  return linesOf(text ?? '').some((line) => !/^[\w.-]+=[\w./:@%+,=-]*$/.test(line));
}

export const environmentOptions = {
  env: list({
    short: 'e',
    brief: true,
    syntax: named,
    place: env,
    compose: each('environment'),
    field: 'lines',
  }),
  'env-file': list({
    syntax: path,
    // Its variables are part of `env`.
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
    // Its labels are part of `label`.
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
    syntax: named,
    place: host('Annotations', pairs),
    compose: map('annotations'),
    since: '1.43',
  }),
} as const;
