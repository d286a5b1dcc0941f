/** Variables and labels, from options and from files. */
import { all, type RunSpec } from './spec.ts';
import { pairOf } from './values.ts';
import type { Outside } from './body-parts.ts';

/** `NAME=value` of files first, then of `-e`; the last of a name counts. A name alone takes over our own variable. */
export function environmentOf(spec: RunSpec, { variables, files }: Outside): readonly string[] {
  const fromFiles = all(spec, 'env-file').flatMap((file) => linesOf(files.get(file) ?? ''));
  const known = (entry: string): string | undefined => {
    const [name, value = variables[name]] = pairOf(entry);
    return value === undefined ? undefined : `${name}=${value}`;
  };
  return [
    ...fromFiles.flatMap((entry) => known(entry) ?? []),
    // A name alone that nobody knows takes the image's variable away.
    ...lastOfEach(all(spec, 'env')).map((entry) => known(entry) ?? entry),
  ];
}

function lastOfEach(entries: readonly string[]): readonly string[] {
  return [...new Map(entries.map((entry) => [pairOf(entry)[0], entry])).values()];
}

/** Labels of files first, then of `-l`. */
export function labelsOf(spec: RunSpec, { files }: Outside): Readonly<Record<string, string>> {
  const fromFiles = all(spec, 'label-file').flatMap((file) => linesOf(files.get(file) ?? ''));
  return Object.fromEntries(
    [...fromFiles, ...all(spec, 'label')].map((entry) => {
      const [name, value = ''] = pairOf(entry);
      return [name, value];
    }),
  );
}

/** The entries of such a file: no quotes are taken away, lines with # in front say nothing. */
export function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Files of this machine that the container's description is read from. */
export function filesOf(spec: RunSpec): readonly string[] {
  return [...all(spec, 'env-file'), ...all(spec, 'label-file'), ...seccompFiles(spec)];
}

/** Profiles that stand in files, and not by name. */
function seccompFiles(spec: RunSpec): readonly string[] {
  return all(spec, 'security-opt').flatMap((option) => {
    const [, file] = /^seccomp[=:](.+)$/.exec(option) ?? [];
    return file === undefined || file === 'unconfined' || file === 'builtin' || file.startsWith('{')
      ? []
      : [file];
  });
}
