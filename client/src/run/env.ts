/** Variables and labels, from options and from files. */
import { t } from '@vscode/l10n';
import type { Outside } from './options/option.ts';
import { pairOf } from '../command-line/values.ts';

/** `NAME=value` entries: of files, then of `-e`; the last value of a name is used. A name alone gets the value of the local variable. */
export function environmentOf(
  files: readonly string[],
  values: readonly string[],
  { variables, files: texts }: Outside,
): readonly string[] {
  const known = (entry: string): string | undefined => {
    const [name, value = variables[name]] = pairOf(entry);
    return value === undefined ? undefined : `${name}=${value}`;
  };
  const entries = [
    ...files
      .flatMap((file) => linesOf(texts.get(file) ?? ''))
      .flatMap((entry) => known(entry) ?? []),
    // A name alone that is not set locally removes the variable of the image.
    ...values.map((entry) => known(entry) ?? entry),
  ];
  return [...new Map(entries.map((entry) => [pairOf(entry)[0], entry])).values()];
}

/** Labels of files, then of `-l`. */
export function labelsOf(
  files: readonly string[],
  values: readonly string[],
  texts: Outside['files'],
): Readonly<Record<string, string>> {
  const fromFiles = files.flatMap((file) => linesOf(texts.get(file) ?? ''));
  return Object.fromEntries(
    [...fromFiles.filter((line) => line.includes('=')), ...values].map((entry) => {
      const [name, value = ''] = pairOf(entry);
      return [name, value];
    }),
  );
}

/** The entries of such a file: quotes belong to the value, and lines that begin with # are comments. */
export function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Why docker refuses such a file; undefined if it accepts it. */
export function fileTrouble(file: string, text: string): string | undefined {
  const names = linesOf(text).map((line) => pairOf(line)[0]);
  if (names.includes('')) return t('{0} has a line without a name before =', file);
  const spaced = names.find((name) => /[ \t]/.test(name));
  return spaced === undefined ? undefined : t('{0} has a name with whitespace: {1}', file, spaced);
}

/** The path of a seccomp profile; undefined if the option has none. */
export function seccompFile(option: string): string | undefined {
  const [, file] = /^seccomp[=:](.+)$/s.exec(option) ?? [];
  return file === undefined || /^(?:unconfined|builtin)$/.test(file) || file.startsWith('{')
    ? undefined
    : file;
}
