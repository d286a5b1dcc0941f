/** Paths of a build as people write them in a command. */
import { baseName, parentDirectory } from '../ui/paths.ts';

/** `./api` for a path in the folder, `.` for the folder itself, otherwise the whole path. */
export function writtenPath(folder: string, path: string): string {
  const [base, whole] = [slashed(folder), slashed(path)];
  if (whole === base) return '.';
  return whole.startsWith(`${base}/`) ? `./${whole.slice(base.length + 1)}` : path;
}

/** `api/Dockerfile`: without the `./` that a context needs to be read as a folder. */
export function writtenFile(folder: string, path: string): string {
  return writtenPath(folder, path).replace(/^\.\//, '');
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/(.)\/+$/, '$1');
}

/** Whether docker finds the Dockerfile in its context without `-f`. */
export function isDefaultFile(dockerfile: string, context: string): boolean {
  return (
    baseName(dockerfile) === 'Dockerfile' &&
    slashed(parentDirectory(dockerfile)) === slashed(context)
  );
}
