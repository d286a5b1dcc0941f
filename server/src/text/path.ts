/** The parts of a path, with `.` and `..` resolved as Docker does and without the slash that it begins with. */
export function resolvedPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * A path from the root of an image, resolved and without a slash at its end; undefined where it goes from a folder that
 * is not known. One below a drive of Windows begins with the drive.
 */
export function absolutePath(path: string, folder: string | undefined): string | undefined {
  const isRooted = path.startsWith('/');
  if (!isRooted && folder === undefined) return undefined;
  const resolved = resolvedPath(isRooted ? path : `${folder ?? ''}/${path}`);
  return /^[A-Za-z]:/.test(resolved) ? resolved : `/${resolved}`;
}

/** The last part of a path, Windows' included. */
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
