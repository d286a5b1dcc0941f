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

/** A name and a tag without a digest, a port, uppercase letters in the name, or two separators in sequence. */
const plain =
  /^(?:([a-z0-9]+(?:[.-][a-z0-9]+)*)\/)?([a-z0-9]+(?:[._/-][a-z0-9]+)*)(?::(\w[\w.-]{0,127}))?$/;

/**
 * The image of `node:22-slim`, `grafana/loki` or `ghcr.io/a/b:1`, as most references are, with one expression. Undefined for other
 * references, which may be valid too.
 */
function parsePlain(reference: string): Image | undefined {
  // An id has 64 characters, and a name has at most 255.
  const match = reference.length === 64 || reference.length > 255 ? null : plain.exec(reference);
  if (match === null) return undefined;
  const [, first, rest = '', tag] = match;
  if (first === 'localhost') return undefined;
  const isHost = first === undefined || first.includes('.');
  const repository = isHost ? rest : `${first}/${rest}`;
  return {
    kind: 'image',
    registry: isHost ? first : undefined,
    repository,
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

const tagPattern = /^\w[\w.-]{0,127}$/;

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
  if (tag !== undefined && !tagPattern.test(tag)) return 'tag';
  if (digest !== undefined && digestTrouble(digest) !== undefined) return 'digest';
  return undefined;
}
