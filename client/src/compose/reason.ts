/** Why Compose failed, from the end of its output. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { takenPort } from '../run/failure.ts';
import { parseAnsi } from '../ui/ansi-text.ts';

/** One sentence without a final period; `containers` are those of the engine, to name the one that uses a port. */
export function reasonOf(output: string, containers: readonly Container[]): string {
  const lines = plainLines(output);
  const port = takenPort(lines.join('\n'));
  if (port !== undefined) {
    const holder = containers.find(
      ({ state, ports }) => state === 'running' && ports.some(({ host }) => host === port),
    );
    return holder === undefined
      ? t('port {0} is in use by another program', port)
      : t('port {0} is in use by {1}', port, holder.name);
  }
  const last = lines.at(-1) ?? '';
  return last
    .replace(/^(?:(?:ERROR|Error response from daemon|failed to solve)[:.]\s*)+/i, '')
    .replace(/\.$/, '');
}

/** The lines that are not empty, without colors; a line that was rewritten has its last text. */
export function plainLines(output: string): readonly string[] {
  return output
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '')
    .map((line) =>
      parseAnsi(line)
        .segments.map(({ text }) => text)
        .join('')
        .trim(),
    )
    .filter((line) => line !== '');
}
