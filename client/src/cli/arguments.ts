/** The arguments of `drydock build`: its own options; all others are those of `docker build`. */
import { t } from '@vscode/l10n';

export const formats = ['text', 'json', 'github'] as const;
export type FormatName = (typeof formats)[number];

export type BuildArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'build';
      readonly format: FormatName;
      /** The arguments for `docker build`. */
      readonly words: readonly string[];
    };

/** Reads the arguments after `build`. `--format` can be anywhere before `--`. */
export function readArguments(argv: readonly string[]): BuildArguments {
  const words: string[] = [];
  let format = 'text';
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') {
      words.push(...argv.slice(i));
      break;
    }
    if (word === '--help' || word === '-h') return { kind: 'help' };
    if (word === '--format') {
      const value = argv[++i];
      if (value === undefined) return wrong(t('{0} requires a value', '--format'));
      format = value;
    } else if (word.startsWith('--format=')) format = word.slice('--format='.length);
    else words.push(word);
  }
  const known = formats.find((name) => name === format);
  return known === undefined
    ? wrong(t('Unknown format `{0}`; valid values: {1}', format, formats.join(', ')))
    : { kind: 'build', format: known, words };
}

function wrong(message: string): BuildArguments {
  return { kind: 'wrong', message };
}

/** The text of `drydock build --help`. */
export function help(): string {
  return [
    t('Usage:'),
    `  drydock build [OPTIONS] PATH   ${t('Build an image; a failure is reported at its place in the Dockerfile')}`,
    '',
    t('Options:'),
    `  --format ${formats.join('|')}   ${t('Output format (default: text)')}`,
    `  ${t('All options of docker build, for example -t, -f, --target, --build-arg, --secret')}`,
    '',
    t('Exit codes:'),
    `  0  ${t('The image was built')}`,
    `  1  ${t('The build failed')}`,
    `  2  ${t('Invalid arguments, no Docker engine, or no build context')}`,
    '',
  ].join('\n');
}
