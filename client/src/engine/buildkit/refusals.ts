/** What BuildKit says if it does not support an option, as a sentence with a way forward. */
import { t } from '@vscode/l10n';

/** Unchanged if the message is about something else. */
export function explained(message: string): string {
  if (/^unsupported frontend capability moby\.buildkit\.frontend\.contexts/.test(message))
    return t(
      'This engine does not support named contexts: add `# syntax=docker/dockerfile:1` as the first line of the Dockerfile',
    );
  const output = /^exporter "([^"]*)" could not be found$/.exec(message)?.[1];
  if (output !== undefined) return t('This builder does not support outputs of type {0}', output);
  const cache = /^unknown cache (?:exporter|importer): "([^"]*)"$/.exec(message)?.[1];
  if (cache !== undefined) return t('This engine does not support a cache of type {0}', cache);
  return message;
}
