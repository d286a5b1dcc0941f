/** What programs miss in the project that they build: modules, lock files, project files. */
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translation.ts';
import { isIgnoredBy } from '../ignored.ts';
import { fatalNamed } from './context.ts';
import { failed } from './programs.ts';
import type { LineReader } from './reader.ts';

interface ProjectMessage {
  readonly names: RegExp;
  /** Its first group is what is missing. */
  readonly pattern: RegExp;
  readonly explain: (name: string) => string;
  /** The file that is missing, if it is a file. */
  readonly file?: string;
}

const moduleMissing = (name: string): string =>
  t('Module `{0}` is not installed at this step', name);

const messages: readonly ProjectMessage[] = [
  {
    names: /^(?:python[\d.]*|pytest|gunicorn|flask|django-admin|celery)$/,
    pattern: /^(?:ModuleNotFoundError|ImportError): No module named '?([\w.-]+)'?/,
    explain: moduleMissing,
  },
  {
    names: /^(?:node|nodejs|np[mx]|yarn|pnpm|tsc|next|vite|webpack)$/,
    pattern:
      /(?:Cannot find module|Could not resolve|Can't resolve) '((?:@[\w.-]+\/)?[\w-][\w./-]*)'/,
    explain: moduleMissing,
  },
  {
    names: /^npm$/,
    pattern: /can only install (with an existing|packages when your package\.json)/,
    explain: () => t('`npm ci` requires a package-lock.json that matches package.json'),
    file: 'package-lock.json',
  },
  {
    names: /^(?:np[mx]|yarn|pnpm)$/,
    pattern:
      /(?:Could not read |no such file or directory, open '[^']*\/|Couldn't find a |No )(package\.json)/,
    explain: (name) => t('`{0}` does not exist in the working directory', name),
    file: 'package.json',
  },
  {
    names: /^go$/,
    pattern: /^go: (?:go\.mod file not found|cannot find main module)()/,
    explain: () => t('`{0}` does not exist in the working directory', 'go.mod'),
    file: 'go.mod',
  },
  {
    names: /^cargo$/,
    pattern: /could not find `(Cargo\.toml)`/,
    explain: (name) => t('`{0}` does not exist in the working directory', name),
    file: 'Cargo.toml',
  },
  {
    names: /^mvnw?$/,
    pattern: /there is no POM in this directory()/,
    explain: () => t('`{0}` does not exist in the working directory', 'pom.xml'),
    file: 'pom.xml',
  },
  {
    names: /^bundler?$/,
    pattern: /Could not locate (Gemfile)/,
    explain: (name) => t('`{0}` does not exist in the working directory', name),
    file: 'Gemfile',
  },
  {
    names: /^composer$/,
    pattern: /could not find a (composer\.json)/,
    explain: (name) => t('`{0}` does not exist in the working directory', name),
    file: 'composer.json',
  },
  {
    names: /^g?make$/,
    pattern: /No targets specified and no (makefile) found/,
    explain: () => t('The working directory has no makefile'),
    file: 'Makefile',
  },
];

/** Undefined if several commands can have printed the message. */
export const projectTrouble: LineReader = (run, line) => {
  for (const { names, pattern, explain, file } of messages) {
    const name = pattern.exec(line)?.[1];
    if (name === undefined) continue;
    const commands = fatalNamed(run, names).filter(({ via }) => via !== 'nested');
    const [at] = commands;
    if (at === undefined || commands.length > 1) continue;
    const ignored = file === undefined ? undefined : isIgnoredBy(run.build, file);
    return {
      kind: 'program',
      span: at.command.span,
      at,
      message: explain(name),
      ...(ignored && { related: [ignored] }),
    };
  }
  return undefined;
};

/** npm prints which script of package.json it runs: `> shop@1.0.0 build`; it is the last command, so nothing else failed. */
export const scriptTrouble: LineReader = (run, line) => {
  const script = /^> \S+@\S+ ([\w:.-]+)(?: .*)?$/.exec(line)?.[1];
  if (script === undefined) return undefined;
  const last = run.fatal.findLast(
    ({ via, command }) => via === 'direct' && command.name !== undefined,
  );
  const isRun = last?.command.args.some(({ text }) => text === script) === true;
  if (last === undefined || !isRun || !/^(?:npm|yarn|pnpm)$/.test(nameOf(last.command) ?? ''))
    return undefined;
  return { kind: 'program', span: last.command.span, at: last, message: failed(run, last) };
};
