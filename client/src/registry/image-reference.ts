/** Image references as commands name and check them. */
import { t } from '@vscode/l10n';
import { shortId } from '../ui/format.ts';
import type { Subjects } from '../explorer/item.ts';

/** A tag, or the short id of an image without one. */
export function imageLabel({ image, tag }: Subjects['image']): string {
  return tag ?? shortId(image.id);
}

const domain = String.raw`(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?`;
const component = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const pattern = new RegExp(
  String.raw`^((?:${domain}/)?${component}(?:/${component})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@sha256:([0-9a-f]{64}))?$`,
);

/** The sentence that says why the engine would not take this name; undefined where it would. */
export function referenceTrouble(text: string): string | undefined {
  const name = text.trim();
  if (name === '') return t('An image has a name, such as python:3.13-slim.');
  if (pattern.test(name)) return undefined;
  if (/\s/.test(name)) return t('An image name holds no spaces.');
  const full = /[^\u0021-\u007E]/.exec(name);
  if (full !== null) return t('`{0}` cannot stand in an image name.', full[0]);
  const tag = /:([^:/@]*)$/.exec(name)?.[1];
  const repository = name.replace(/(:[^:/@]*)?(@.*)?$/, '');
  if (/[A-Z]/.test(repository) && pattern.test(repository.toLowerCase())) {
    return t('The name is lower case: {0}', name.replace(repository, repository.toLowerCase()));
  }
  if (tag === '') return t('A tag follows the colon.');
  if (name.includes('@')) return t('A digest is sha256: and 64 hexadecimal digits.');
  return t('Names are lower-case letters, digits and single . _ - between them.');
}

/** The same reference with the tag that the engine would add. */
export function withTag(text: string): string {
  const name = text.trim();
  const [, , tag, digest] = pattern.exec(name) ?? [];
  return tag === undefined && digest === undefined ? `${name}:latest` : name;
}

/** The registry that a name leads to, as people call it. */
export function registryIn(reference: string): string {
  const first = reference.includes('/') ? (reference.split('/')[0] ?? '') : '';
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return isHost ? first : 'docker.io';
}
