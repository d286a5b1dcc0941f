/** The language of a command line, by the program that runs it. */
import type { Dialect } from './script.ts';

/** The shells that `/bin/sh` may be. */
export type SystemShell = 'dash' | 'busybox' | 'bash';

const dialects: Readonly<Record<string, Dialect>> = {
  sh: 'sh',
  ash: 'sh',
  dash: 'sh',
  busybox: 'sh',
  // These shells support more than bash; the grammar of bash is the closest.
  bash: 'bash',
  rbash: 'bash',
  zsh: 'bash',
  ksh: 'bash',
  mksh: 'bash',
  powershell: 'powershell',
  pwsh: 'powershell',
  cmd: 'cmd',
};

/** Programs that run scripts. */
export const shellNames: readonly string[] = Object.keys(dialects);

/** The dialect of a SHELL instruction's words; undefined if the shell is not supported. */
export function dialectOf(argv: readonly string[]): Dialect | undefined {
  const [program, ...rest] = argv;
  if (program === undefined) return undefined;
  const name = programName(program);
  if (name !== 'env') return Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  return dialectOf(rest.filter((word) => !word.startsWith('-') && !word.includes('=')));
}

/** Whether a dialect has the grammar of POSIX shells. */
export function isPosix(dialect: Dialect | undefined): boolean {
  return dialect === 'sh' || dialect === 'bash';
}

/** The words of a `#!` line at the start of a script. */
export function shebang(text: string): readonly string[] | undefined {
  if (!text.startsWith('#!')) return undefined;
  const end = text.indexOf('\n');
  return text
    .slice(2, end < 0 ? undefined : end)
    .trim()
    .split(/\s+/);
}

/** The name of a program without its directory and `.exe`, by which commands are looked up. */
export function programName(path: string): string {
  let start = path.length;
  while (start > 0 && !isSlash(path.charCodeAt(start - 1))) start--;
  const name = start === 0 ? path : path.slice(start);
  if (name.length < 5 || name[name.length - 4] !== '.') return name;
  return /\.(?:exe|cmd|bat)$/i.test(name) ? name.slice(0, -4).toLowerCase() : name;
}

/** A slash or a backslash. */
function isSlash(code: number): boolean {
  return code === 47 || code === 92;
}
