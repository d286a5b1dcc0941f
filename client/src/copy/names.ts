/**
 * Names of files in untrusted archives, and which of them a disk of this machine can have. In a container a name is any bytes
 * except `/` and null, and all names differ.
 */
import { sep } from 'node:path';
import { t } from '@vscode/l10n';
import type { TarEntry } from '../engine/tar.ts';
import { copyError } from './copy-task.ts';
import type { NameRules } from './name-rules.ts';

/** A path of this machine; bytes if a part of it is not UTF-8. */
export type LocalPath = string | Buffer;

/**
 * One part of a path. A name that is not UTF-8 is a null character, which is in no name, and a character for each byte, so
 * that two such names never become the same.
 */
export type Name = string;

export function nameOfBytes(bytes: Buffer): Name {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : `\0${bytes.toString('latin1')}`;
}

export function bytesOfName(name: Name): Buffer {
  return rawBytes(name) ?? Buffer.from(name);
}

/** Whether the name is UTF-8, so that it is itself a text. */
export function isText(name: Name): boolean {
  return !name.startsWith('\0');
}

/** The bytes of a name that is not UTF-8; undefined for others. */
function rawBytes(name: Name): Buffer | undefined {
  return name.startsWith('\0') ? Buffer.from(name.slice(1), 'latin1') : undefined;
}

/** The parts of the name of an entry; throws for names that lead outside the directory. */
export function splitName({ name, nameBytes }: Pick<TarEntry, 'name' | 'nameBytes'>): Name[] {
  return splitPath(nameBytes === undefined ? name : Buffer.from(nameBytes));
}

/** The parts of the target of a hard link. */
export function splitLinkTarget({ linkTarget, linkTargetBytes }: TarEntry): Name[] {
  return splitPath(linkTargetBytes === undefined ? (linkTarget ?? '') : Buffer.from(linkTargetBytes)); // prettier-ignore
}

function splitPath(path: string | Buffer): Name[] {
  const parts =
    typeof path === 'string'
      ? path.split('/')
      : path
          .toString('latin1')
          .split('/')
          .map((part) => nameOfBytes(Buffer.from(part, 'latin1')));
  const kept = parts.filter((part) => part !== '' && part !== '.');
  if (kept.includes('..') || (typeof path === 'string' && path.includes('\0'))) {
    const shown = typeof path === 'string' ? path : path.toString('latin1');
    throw copyError(t('The container sent a file with an unsafe name: {0}', displayText(shown)));
  }
  return kept;
}

/** The path of a file in a directory. */
export function joinLocal(directory: LocalPath, name: Name): LocalPath {
  const raw = rawBytes(name);
  if (typeof directory === 'string' && raw === undefined) return `${directory}${sep}${name}`;
  return Buffer.concat([Buffer.from(directory), Buffer.from(sep), raw ?? Buffer.from(name)]);
}

/** Whether a disk with these rules can have a file with this name. */
export function isPossible(name: Name, { anyBytes, windows }: NameRules): boolean {
  if (name.startsWith('\0')) return anyBytes;
  return !windows || !(impossibleOnWindows.test(name) || reservedOnWindows.test(name));
}

/** Characters, and endings that Windows removes. */
const impossibleOnWindows = /[\u0000-\u001f\\:*?"<>|]|[. ]$/;

/** Devices, also with an extension. */
const reservedOnWindows =
  /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?$/i;

/** The same for all names that are one file on a disk with these rules. */
export function foldedName(name: Name, { ignoresCase, ignoresNormalization }: NameRules): string {
  if (name.startsWith('\0')) return name;
  const normalized = ignoresNormalization ? name.normalize('NFD') : name;
  return ignoresCase ? normalized.replace(/[^]/gu, foldedCharacter) : normalized;
}

/** As file systems do it, one character never becomes several. */
function foldedCharacter(character: string): string {
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper.toLowerCase() : character;
}

/** The name as it can be shown: bytes that are not UTF-8, control characters and those that change the direction as escapes. */
export function displayName(name: Name): string {
  const raw = rawBytes(name);
  if (raw === undefined) return displayText(name);
  return [...raw]
    .map((byte) =>
      byte < 0x80 ? displayText(String.fromCharCode(byte)) : `\\x${byte.toString(16)}`,
    )
    .join('');
}

function displayText(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character] ?? `\\u${code.toString(16).padStart(4, '0')}`; // prettier-ignore
    },
  );
}

export function displayPath(parts: readonly Name[]): string {
  return parts.map(displayName).join('/');
}
