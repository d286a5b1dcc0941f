/** How each package manager combines name and version in one word. */

export interface Specifier {
  readonly name: string;
  readonly operator?: string;
  readonly version?: string;
  readonly from: 'registry' | 'path' | 'url';
}

/** `name`, `name=1.2`, `name/release`, `name:arch`, `name+`, `name-`, a `.deb` file; `g++` is a name. */
export function apt(text: string): Specifier {
  if (isPath(text) || text.endsWith('.deb')) return fileOrAddress(text);
  const { name, ...version } = split(text, /[=/]/);
  return { name: name.replace(/(?:(?<!\+)\+|-)$/, '').replace(/:[a-z0-9-]+$/, ''), ...version };
}

/** `name`, `name=1.2`, `name~=1.2`, `name<2`, `name@repository`, a `.apk` file. */
export function apk(text: string): Specifier {
  if (isPath(text) || text.endsWith('.apk')) return fileOrAddress(text);
  const { name, ...version } = split(text, /[=<>~]+/);
  return { name: name.replace(/@[\w.-]+$/, ''), ...version };
}

/** `name`, `name-1.2-3.el9`, `@group`, a `.rpm` file; version and release begin with digits. */
export function rpm(text: string): Specifier {
  if (isPath(text) || text.endsWith('.rpm')) return fileOrAddress(text);
  const found = /^([^@].*?)-((?:\d+:)?\d[^-]*(?:-[\d*][^-]*)?)$/.exec(text);
  const [, name, version] = found ?? [];
  if (name === undefined || version === undefined) return { name: text, from: 'registry' };
  return { name, version, operator: '-', from: 'registry' };
}

/** Like rpm, with `name=1.2` and `name>=1.2`. */
export function zypper(text: string): Specifier {
  return /[=<>]/.test(text) ? split(text, /[=<>]+/) : rpm(text);
}

/** `name`, `repository/name`, a package file or address. */
export function pacman(text: string): Specifier {
  if (/^[./]|:\/\/|\.pkg\.tar/.test(text)) return fileOrAddress(text);
  const { name, ...version } = split(text, /[=<>]+/);
  return { name: name.replace(/^[\w-]+\//, ''), ...version };
}

/** `name`, `name[extra]==1.2`, `name @ address`, a path, an archive, `git+https://…`. */
export function python(text: string): Specifier {
  const direct = /^([\w.-]+)(?:\[[^\]]*\])?\s*@\s*(\S+:\/\/.*)$/.exec(text);
  if (direct?.[1] !== undefined) return { name: direct[1], from: 'url' };
  if (isPath(text) || /\.(?:whl|zip|tar\.\w+|tgz)$/.test(text)) return fileOrAddress(text);
  const { name, ...version } = split(text.replace(/\s*;.*$/, ''), /\s*(?:[=~!]=+|[<>]=?)\s*|@/);
  return { name: name.replace(/\[.*$/, '').trim(), ...version };
}

/** `name`, `name@1.2`, `@scope/name@1.2`, `alias@npm:name@1`, a path, a repository. */
export function node(text: string): Specifier {
  if (isPath(text) || /\.t(?:ar\.)?gz$/.test(text)) return fileOrAddress(text);
  // An unscoped name with a slash is `owner/repository` on GitHub.
  if (/^(?:git|github|gitlab|bitbucket|gist)[:@]|^[^@][^/@]*\//.test(text))
    return { name: text, from: 'url' };
  const at = text.indexOf('@', 1);
  if (at < 0) return { name: text, from: 'registry' };
  const version = text.slice(at + 1);
  return { name: text.slice(0, at), operator: '@', version, from: 'registry' };
}

/** `name`, `name:1.2`, a `.gem` file. */
export function gem(text: string): Specifier {
  if (text.startsWith('.') || text.startsWith('/') || text.endsWith('.gem'))
    return fileOrAddress(text);
  return split(text, /:/);
}

/** `path@v1.2.3`, `./...`. */
export function go(text: string): Specifier {
  return /^\.{0,2}\//.test(text) || text === '.' ? { name: text, from: 'path' } : split(text, /@/);
}

/** `name`, `name@1.2`. */
export function cargo(text: string): Specifier {
  return split(text, /@/);
}

/** `vendor/name`, `vendor/name:^1.2`, `vendor/name=1.2`. */
export function composer(text: string): Specifier {
  return split(text, /[:=]/);
}

/** `name`, `name=1.2`, `name=1.2=build`, `name>=1.2`, `channel::name`. */
export function conda(text: string): Specifier {
  if (/:\/\/|\.(?:conda|tar\.bz2)$/.test(text)) return fileOrAddress(text);
  const { name, ...version } = split(text, /[=<>!~]+/);
  return { name: name.replace(/^.*::/, '').trim(), ...version };
}

function split(text: string, operator: RegExp): Specifier {
  const found = operator.exec(text);
  if (!found || found.index === 0) return { name: text, from: 'registry' };
  const version = text.slice(found.index + found[0].length);
  const symbol = found[0].trim();
  return { name: text.slice(0, found.index), operator: symbol, version, from: 'registry' };
}

function isPath(text: string): boolean {
  return /^(?:\.{1,2}(?:\/|\[|$)|\/|~|file:)|:\/\//.test(text);
}

function fileOrAddress(text: string): Specifier {
  return { name: text, from: text.includes('://') ? 'url' : 'path' };
}
