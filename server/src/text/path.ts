/** A path with `.` and `..` resolved as in Docker, without its first slash. */
export function resolvePath(path: string): string {
  const inner = path.startsWith('/') ? path.slice(1) : path;
  // Most paths have nothing to resolve.
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(inner)) return inner;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * A resolved path from the root of an image, without a slash at the end; undefined if it is relative to an unknown
 * directory. A path on a Windows drive begins with the drive.
 */
export function absolutePath(path: string, directory: string | undefined): string | undefined {
  const isRooted = path.startsWith('/');
  if (!isRooted && directory === undefined) return undefined;
  const resolved = resolvePath(isRooted ? path : `${directory ?? ''}/${path}`);
  return /^[A-Za-z]:/.test(resolved) ? resolved : `/${resolved}`;
}

/** The last part of a path, also of a Windows path. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** As Go's `filepath.Clean`: removes empty parts and `.`, and resolves `..` where possible. */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  const isRooted = path.startsWith('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(part);
  }
  return `${isRooted ? '/' : ''}${kept.join('/')}` || '.';
}
