/** Image references by the grammar of github.com/distribution/reference. */
import { memoize } from '../text/memoize.ts';

/** An image reference by the distribution grammar. */
export interface Image {
  readonly kind: 'image';
  readonly registry?: string | undefined;
  /** Without registry; `library/` is not added. */
  readonly repository: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

/** The repository of an image and its tag. */
export type ImageName = Pick<Image, 'registry' | 'repository' | 'tag'>;

/** Why an image reference is not valid. */
export type ImageTrouble =
  | 'empty'
  | 'upper-case'
  | 'registry'
  | 'repository'
  | 'tag'
  | 'digest'
  | 'too-long'
  | 'looks-like-an-id';

/** The parts of a reference; undefined if it is not valid. */
export function parseImage(reference: string): Image | undefined {
  const result = parseReference(reference);
  return typeof result === 'string' ? undefined : result;
}

/** Why an engine would refuse a reference; undefined if it is valid. */
export function imageTrouble(reference: string): ImageTrouble | undefined {
  const result = parseReference(reference);
  return typeof result === 'string' ? result : undefined;
}

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const registryName = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);

/** Cached, because most files, and all versions of a file that is being edited, contain the same images. */
const parseReference = memoize(
  1000,
  (reference): Image | ImageTrouble => parsePlain(reference) ?? parseAny(reference),
);

function parseAny(reference: string): Image | ImageTrouble {
  if (reference.length === 64 && /^[a-f0-9]+$/.test(reference)) return 'looks-like-an-id';
  const at = reference.indexOf('@');
  const digest = at < 0 ? undefined : reference.slice(at + 1);
  const nameAndTag = at < 0 ? reference : reference.slice(0, at);
  const colon = nameAndTag.indexOf(':', nameAndTag.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : nameAndTag.slice(colon + 1);
  const name = colon < 0 ? nameAndTag : nameAndTag.slice(0, colon);
  const slash = name.indexOf('/');
  const registry = slash < 0 ? undefined : hostOf(name.slice(0, slash));
  const repository = registry === undefined ? name : name.slice(slash + 1);
  const image: Image = { kind: 'image', registry, repository, tag, digest };
  return troubleOf(image) ?? image;
}

const DASH = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const UNDERSCORE = 95;

/**
 * The image of `node:22-slim`, `grafana/loki` and `ghcr.io/a/b:1`, in one pass, since most files name an image that none before
 * has named. Undefined for what has a digest, a port or two separators in sequence, and for what may not be valid.
 */
function parsePlain(reference: string): Image | undefined {
  const { length } = reference;
  // An id has 64 characters.
  if (length > 128 || length === 64) return undefined;
  let slash = -1;
  let isHost = false;
  let isSeparated = true;
  let end = 0;
  for (; end < length; end++) {
    const code = reference.charCodeAt(end);
    if (isLowerOrDigit(code)) {
      isSeparated = false;
      continue;
    }
    if (isSeparated) return undefined;
    if (code === COLON) break;
    isSeparated = true;
    if (code === SLASH) {
      if (slash < 0) slash = end;
    } else if (code === DOT) isHost ||= slash < 0;
    // Names of hosts have no underscores.
    else if (code !== DASH && (code !== UNDERSCORE || slash < 0)) return undefined;
  }
  if (isSeparated || reference.startsWith('localhost/')) return undefined;
  const tag = end < length ? reference.slice(end + 1) : undefined;
  if (tag !== undefined && !isTag(tag)) return undefined;
  const start = isHost ? slash + 1 : 0;
  const registry = start > 0 ? reference.slice(0, slash) : undefined;
  return {
    kind: 'image',
    registry,
    repository: reference.slice(start, end),
    tag,
    digest: undefined,
  };
}

/** `foo/bar` is a repository on Docker Hub: the first part is a registry only if it looks like a host. */
function hostOf(first: string): string | undefined {
  const looksLikeHost =
    /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  // The grammar tries a host first, and then a path: `my_registry.local/app` has an underscore, as only paths may have.
  return looksLikeHost && (registryName.test(first) || !isPath(first)) ? first : undefined;
}

/** Whether a text is `/`-separated parts of lowercase letters and digits, which `.`, `_`, `__` or dashes may divide. */
function isPath(text: string): boolean {
  return path.test(text);
}

const path = /^[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*$/;

/** Whether a character code is that of a lowercase letter or a digit. */
export function isLowerOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}` */
function isTag(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isWord = code === UNDERSCORE || isLowerOrDigit(code) || (code >= 65 && code <= 90);
    if (!isWord && (at === 0 || (code !== DOT && code !== DASH))) return false;
  }
  return text.length > 0 && text.length <= 128;
}

const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Why a digest such as `sha256:…` is not valid (github.com/opencontainers/go-digest); undefined if it is valid. */
export function digestTrouble(digest: string): 'form' | 'algorithm' | 'length' | undefined {
  const [, algorithm = '', hex = ''] = /^([A-Za-z0-9_+.-]+):([A-Za-z0-9]+)$/.exec(digest) ?? [];
  if (hex === '') return 'form';
  const length = Object.hasOwn(digestLengths, algorithm) ? digestLengths[algorithm] : undefined;
  if (length === undefined) return 'algorithm';
  if (hex.length !== length) return 'length';
  return /^[a-f0-9]+$/.test(hex) ? undefined : 'form';
}

function troubleOf({ registry, repository, tag, digest }: Image): ImageTrouble | undefined {
  if (repository === '') return registry === undefined ? 'empty' : 'repository';
  if (registry !== undefined && !registryName.test(registry)) return 'registry';
  if (repository.length + (registry?.length ?? 0) > 255) return 'too-long';
  if (!isPath(repository)) return isPath(repository.toLowerCase()) ? 'upper-case' : 'repository';
  if (tag !== undefined && !isTag(tag)) return 'tag';
  if (digest !== undefined && digestTrouble(digest) !== undefined) return 'digest';
  return undefined;
}
