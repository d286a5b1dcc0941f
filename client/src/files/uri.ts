/**
 * Addresses of files in containers, volumes and images: `drydock:/CONTEXT/containers/NAME@ID/path`. A container has its name and
 * its id, so that the address stays valid if one of them changes; an image has its id, and its name is for readers.
 */
import type { FilePlace } from '../engine/files/place.ts';
import { normalizePath } from '../engine/files/names.ts';

export interface FileAddress {
  /** The Docker context of the engine, or its address if it has no context. */
  readonly engine: string;
  readonly place: FilePlace;
  /** Absolute in the place, as text of `names.ts`. */
  readonly path: string;
}

/** The path of the URI, not percent-encoded. */
export function uriPath({ engine, place, path }: FileAddress): string {
  return `/${[engine, ...placeSegments(place)].map(escapeSegment).join('/')}${normalizePath(path)}`;
}

/** The address of a URI path; undefined if it is not one. */
export function parseUriPath(text: string): FileAddress | undefined {
  const [, engine = '', kind = '', object = '', ...rest] = text.split('/');
  const place = placeOf(kind, unescapeSegment(object));
  if (engine === '' || place === undefined) return undefined;
  return { engine: unescapeSegment(engine), place, path: normalizePath(rest.join('/')) };
}

function placeSegments(place: FilePlace): readonly [kind: string, object: string] {
  switch (place.kind) {
    case 'container':
      return ['containers', `${place.name}@${shortened(place.id)}`];
    case 'volume':
      return ['volumes', place.name];
    case 'image':
      return ['images', `${place.name}@${shortened(place.id)}`];
  }
}

/** As much of the id as the docker command shows; the engine accepts it. */
function shortened(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

function placeOf(kind: string, object: string): FilePlace | undefined {
  if (object === '') return undefined;
  if (kind === 'volumes') return { kind: 'volume', name: object };
  const at = object.lastIndexOf('@');
  const [name, id] = [object.slice(0, at), object.slice(at + 1)];
  if (at < 0 || id === '') return undefined;
  if (kind === 'containers') return { kind: 'container', id, name };
  return kind === 'images' ? { kind: 'image', id, name } : undefined;
}

/**
 * A segment must not contain a slash, and must not be `.` or `..`, which VS Code removes. VS Code saves the URIs of workspace folders
 * without percent-encoding, so that `%` does not last: escapes are those of JSON pointers (RFC 6901), and more of their kind.
 */
function escapeSegment(text: string): string {
  const escaped = text.replace(/[~/%]/g, (character) => escapes.get(character) ?? character);
  return /^\.{1,2}$/.test(escaped) ? escaped.replaceAll('.', '~2') : escaped;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['~', '~0'],
  ['/', '~1'],
  ['.', '~2'],
  ['%', '~3'],
]);
const characters = new Map([...escapes].map(([character, escape]) => [escape, character]));

/** Reads the escapes of earlier versions too, for editors that were open. */
function unescapeSegment(text: string): string {
  return text.replace(/~[0-3]|%(?:25|2F|2E)/g, (escape) => characters.get(escape) ?? decodeURIComponent(escape)); // prettier-ignore
}
