/** Errors of the local file system as sentences. */
import { t } from '@vscode/l10n';
import { EngineError, isEngineError } from './errors.ts';

/** Why the operation failed, such as "Permission denied: /srv/a.tar"; the message of the error for codes without a text. */
export function fileErrorReason(error: unknown, file?: string): string {
  const { code, path, message } = error as Partial<NodeJS.ErrnoException>;
  const name = file ?? path;
  const about = (text: string): string => (name === undefined ? text : `${text}: ${name}`);
  switch (code) {
    case 'ENOSPC':
      return t('No space left on device');
    case 'EDQUOT':
      return t('Disk quota exceeded');
    case 'EFBIG':
      return t('The file is too large for this file system');
    case 'EACCES':
    case 'EPERM':
      return about(t('Permission denied'));
    case 'EROFS':
      return about(t('Read-only file system'));
    case 'EISDIR':
      return about(t('This is a folder'));
    case 'ENOTDIR':
      return about(t('A part of the path is not a folder'));
    case 'ENOENT':
      return about(t('No such file or folder'));
    case 'ENAMETOOLONG':
      return about(t('The name is too long'));
    case 'ELOOP':
      return about(t('Too many symbolic links'));
    case 'EBUSY':
    case 'ETXTBSY':
      return about(t('The file is in use'));
    case 'EMFILE':
    case 'ENFILE':
      return t('Too many open files');
    case 'EIO':
      return about(t('Input/output error'));
    default:
      return message ?? String(error);
  }
}

/** An error of the engine is returned unchanged. */
export function toFileError(error: unknown, file?: string): EngineError {
  return isEngineError(error)
    ? error
    : new EngineError('failed', fileErrorReason(error, file), error);
}
