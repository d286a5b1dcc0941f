/**
 * Refuses worn wording in everything that a person reads, with the reason and a suggestion.
 *
 *     tsx scripts/check-words.mts [--summary] [PATH…]
 *
 * With paths, only texts that come from these files and directories; a text of a catalogue comes from its source file.
 */
import path from 'node:path';
import { checkTexts, type Finding } from './words/checks.mts';
import { collectTexts } from './words/texts.mts';

const root = path.resolve(import.meta.dirname, '..');
const isSummary = process.argv.includes('--summary');
const areas = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const findings = checkTexts(collectTexts(root)).filter(
  ({ text: { file, source } }) =>
    areas.length === 0 || areas.some((area) => file.startsWith(area) || source.startsWith(area)),
);
for (const line of isSummary ? summary(findings) : findings.map(report)) console.log(line);
if (findings.length > 0) {
  console.log(`${findings.length} ${findings.length === 1 ? 'text' : 'texts'} to rewrite`);
  process.exitCode = 1;
}

function report({ text, found, reason, better }: Finding): string {
  const place = typeof text.at === 'number' ? `${text.file}:${text.at}` : text.file;
  const from = text.source === text.file ? '' : ` (${text.source})`;
  const shown = text.text.slice(0, 240).replace(/\s+/g, ' ');
  return `${place}${from} ${text.kind}: "${found}": ${reason}; use: ${better}\n    ${shown}`;
}

/** How often each pattern was found, most frequent first. */
function summary(all: readonly Finding[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { reason, better } of all) {
    const key = `${reason}; use: ${better}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([key, count]) => `${count}\t${key}`);
}
