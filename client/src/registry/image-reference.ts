/** Labels, validation and parts of image references. */
import { t } from '@vscode/l10n';
import { shortId } from '../ui/format.ts';
import type { Subjects } from '../explorer/item.ts';

/** The tag, or the short id of an untagged image. */
export function imageLabel({ image, tag }: Subjects['image']): string {
  return tag ?? shortId(image.id);
}

const domain = String.raw`(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?`;
const component = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const pattern = new RegExp(
  String.raw`^((?:${domain}/)?${component}(?:/${component})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@sha256:([0-9a-f]{64}))?$`,
);

/** Why a reference is not valid; undefined if it is valid. */
export function referenceError(text: string): string | undefined {
  const name = text.trim();
  if (name === '') return t('Enter an image name, such as python:3.13-slim.');
  if (pattern.test(name)) return undefined;
  if (/\s/.test(name)) return t('An image name cannot contain spaces.');
  const invalid = /[^\u0021-\u007E]/.exec(name);
  if (invalid !== null) return t('An image name cannot contain `{0}`.', invalid[0]);
  const tag = /:([^:/@]*)$/.exec(name)?.[1];
  const repository = name.replace(/(:[^:/@]*)?(@.*)?$/, '');
  if (/[A-Z]/.test(repository) && pattern.test(repository.toLowerCase())) {
    return t(
      'An image name must be lowercase: {0}',
      name.replace(repository, repository.toLowerCase()),
    );
  }
  if (tag === '') return t('Enter a tag after the colon.');
  if (name.includes('@')) return t('A digest must be sha256: followed by 64 hexadecimal digits.');
  return t('An image name must consist of lowercase letters and digits, separated by . _ or -');
}

/** The reference with the default tag `latest`, if it does not have a tag or digest. */
export function withTag(text: string): string {
  const name = text.trim();
  const [, , tag, digest] = pattern.exec(name) ?? [];
  return tag === undefined && digest === undefined ? `${name}:latest` : name;
}

/** The host of the registry of a reference. */
export function registryHost(reference: string): string {
  const first = reference.includes('/') ? (reference.split('/')[0] ?? '') : '';
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return isHost ? first : 'docker.io';
}
