/** Reproducible random mutations of a Dockerfile, such as those between two keystrokes. */
import { createRandom } from '../random.ts';

/** Returns a random integer below a limit. */
export type RandomInteger = (limit: number) => number;

/** Creates a function that returns the same numbers in every run. */
export function createRandomIntegers(seed: number): RandomInteger {
  const next = createRandom(seed);
  return (limit) => Math.floor(next() * limit);
}

/** Text with a meaning in Dockerfiles, and unusual characters. */
export const snippets = [
  ...Array.from('\\`"\'$}#=[] \t\n\r\0/,.:'),
  ...[
    '${',
    '${A:-',
    '<<',
    '<<-E',
    '--',
    '\r\n',
    '\\\n',
    '\\\r\n',
    '`\n',
    '\\ \n# a\n\n',
    '\n# b\n',
  ],
  ...['\u00a0', '\ufeff', '\ud83d', '\udc00', '😀', 'é', '\u2028', '\f', '\v'],
  ...[
    'ONBUILD ',
    'RUN ',
    'COPY <<A\n',
    '\nFROM b AS c\n',
    '# escape=`\n',
    '--mount=type=',
    '["a",',
  ],
] as const;

/** Removes or repeats a line, or swaps two lines. */
function changeLines(text: string, below: RandomInteger): string {
  const lines = text.split('\n');
  const index = below(lines.length);
  const here = lines[index] ?? '';
  switch (below(3)) {
    case 0:
      lines.splice(index, 1);
      break;
    case 1:
      lines.splice(index, 0, here);
      break;
    default: {
      const other = below(lines.length);
      lines[index] = lines[other] ?? '';
      lines[other] = here;
    }
  }
  return lines.join('\n');
}

function insertSnippets(text: string, below: RandomInteger): string {
  let result = text;
  for (let i = 1 + below(4); i > 0; i--) {
    const at = below(result.length + 1);
    const snippet = snippets[below(snippets.length)] ?? '';
    result = result.slice(0, at) + snippet + result.slice(at + below(3));
  }
  return result;
}

/** Replaces characters with random ones, including unpaired surrogates. */
function replaceCharacters(text: string, below: RandomInteger): string {
  let result = text;
  for (let i = 1 + below(6); i > 0; i--) {
    const at = below(result.length + 1);
    const limit = [0x20, 0x80, 0x100, 0x10000][below(4)] ?? 0x80;
    result = result.slice(0, at) + String.fromCharCode(below(limit)) + result.slice(at + 1);
  }
  return result;
}

/** Applies a random mutation. */
export function mutate(text: string, below: RandomInteger): string {
  switch (below(4)) {
    case 0:
      return text.slice(0, below(text.length + 1));
    case 1:
      return changeLines(text, below);
    case 2:
      return replaceCharacters(text, below);
    default:
      return insertSnippets(text, below);
  }
}

/** A text of random snippets. */
export function randomText(below: RandomInteger): string {
  let text = below(2) === 0 ? 'FROM a\n' : '';
  for (let i = below(40); i > 0; i--) text += snippets[below(snippets.length)] ?? '';
  return text;
}
