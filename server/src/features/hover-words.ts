/** Words with a meaning of their own: signals, ports, labels, platforms, directives, heredocs, options of package managers. */
import type { Document } from '../model/document.ts';
import { install } from '../programs/install.ts';
import { commandLine, type CommandLine } from '../reference/command-lines.ts';
import {
  buildChecks,
  directives,
  labels,
  platforms,
  ports,
  signals,
  type WordInfo,
} from '../reference/words.ts';
import type { Heredoc, Instruction, Of, Plain } from '../syntax/tree.ts';
import { programName } from '../shell/dialect.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { absolutePath } from '../text/path.ts';
import { contains } from '../text/span.ts';
import { t } from '../text/translated.ts';
import { commandLineOf } from '../syntax/node.ts';
import { programAt } from './completion/shell.ts';
import { code } from './documentation.ts';
import type { Hover } from './hover-answer.ts';
import { packageNote } from './package-note.ts';
import { usersOf } from './stage-facts.ts';

/** One of the checks that a directive names, else what the directive is for. */
export function directiveHover({ tree, text }: Document, offset: number): Hover | undefined {
  const found = tree.directives.find(({ span }) => contains(span, offset));
  if (!found) return undefined;
  const { nameSpan, name, valueSpan } = found;
  const directive = info(directives, name, { start: nameSpan.start, end: valueSpan.end });
  if (name !== 'check' || !contains(valueSpan, offset)) return directive;
  for (const { 0: word, index } of text.slice(valueSpan.start, valueSpan.end).matchAll(/\w+/g)) {
    const start = valueSpan.start + index;
    const span = { start, end: start + word.length };
    if (contains(span, offset)) return info(buildChecks, word, span) ?? directive;
  }
  return directive;
}

/** What an argument of an instruction is. */
export function wordHover(
  document: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const heredoc = instruction.heredocs.find(({ span }) => contains(span, offset));
  if (heredoc) return heredocHover(instruction, heredoc);
  switch (instruction.kind) {
    case 'FROM':
      return asHover(instruction, offset);
    case 'STOPSIGNAL': {
      const word = instruction.args.find(({ span }) => contains(span, offset));
      const signal = signals.find(
        ({ name, number }) =>
          word && [name, name.slice(3), String(number)].includes(word.text.toUpperCase()),
      );
      if (!word || !signal) return undefined;
      const { name, number, documentation } = signal;
      return { span: word.span, markdown: `${code(name)} (${number}): ${t(documentation)}` };
    }
    case 'EXPOSE':
      return portHover(instruction, offset);
    case 'LABEL': {
      const pair = instruction.pairs.find(({ key }) => contains(key.span, offset));
      return pair && info(labels, pair.key.text, pair.key.span);
    }
    case 'WORKDIR':
      return folderHover(document, instruction, offset);
    case 'COPY':
    case 'ADD':
      return targetHover(document, instruction, offset);
    case 'USER':
      return userHover(document, instruction, offset);
    case 'HEALTHCHECK':
      return checkHover(instruction, offset) ?? shellHover(document, instruction, offset);
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return shellHover(document, instruction, offset);
    default:
      return undefined;
  }
}

/** The value of `--platform`. */
export function platformHover({ flags }: Instruction, offset: number): Hover | undefined {
  const flag = flags.find(
    ({ name, value }) => name.text === 'platform' && value && contains(value.span, offset),
  );
  return flag?.value && info(platforms, flag.value.text, flag.value.span);
}

function info(table: readonly WordInfo[], name: string, span: Hover['span']): Hover | undefined {
  const found = table.find((one) => one.name === name);
  return found && { span, markdown: `${code(found.name)}: ${t(found.documentation)}` };
}

function heredocHover({ kind }: Instruction, { name, expands, chomp, span }: Heredoc): Hover {
  const what =
    kind === 'RUN'
      ? t(
          'The lines up to {0} are the script, or the input of the command in front.',
          code(name.text),
        )
      : t('The lines up to {0} are the content of a file.', code(name.text));
  const variables = expands
    ? t(
        'Variables in them are expanded; write {0} to keep them as they are.',
        code(`<<"${name.text}"`),
      )
    : t('Variables in them are kept as they are, since the name is quoted.');
  const tabs = chomp ? ` ${t('Leading tabs are taken off.')}` : '';
  return { span, markdown: `${what} ${variables}${tabs}` };
}

function asHover({ as, name }: Of<'FROM'>, offset: number): Hover | undefined {
  if (as === undefined || !contains(as.span, offset)) return undefined;
  const said = t('Names the stage, for later `FROM`, `COPY --from` and `RUN --mount`.');
  return { span: as.span, markdown: `${code(`AS ${name?.text ?? ''}`.trim())}: ${said}` };
}

/** `CMD` and `NONE` of a HEALTHCHECK. */
function checkHover({ type }: Of<'HEALTHCHECK'>, offset: number): Hover | undefined {
  if (type === undefined || !contains(type.span, offset)) return undefined;
  const said =
    type.text.toUpperCase() === 'NONE'
      ? t('Takes off the check of the base image.')
      : t(
          'Runs in the container: 0 means healthy, 1 unhealthy. A line for the shell, or a JSON array.',
        );
  return { span: type.span, markdown: `${code(type.text)}: ${said}` };
}

/** Where a relative folder is. */
function folderHover({ model }: Document, instruction: Plain, offset: number): Hover | undefined {
  const word = instruction.args.find(({ span }) => contains(span, offset));
  const path = word && model.expand(word)?.text;
  const full =
    path === undefined ? undefined : absolutePath(path, model.stateAt(instruction).workdir);
  if (word === undefined || full === undefined || full === word.text) return undefined;
  return { span: word.span, markdown: t('The folder {0}.', code(full)) };
}

/** Where files go, when the path does not say it. */
function targetHover(
  { model }: Document,
  instruction: Of<'COPY'> | Of<'ADD'>,
  offset: number,
): Hover | undefined {
  const { target: word } = instruction;
  if (word === undefined || !contains(word.span, offset)) return undefined;
  const path = model.expand(word)?.text;
  const full =
    path === undefined ? undefined : absolutePath(path, model.stateAt(instruction).workdir);
  if (path === undefined || full === undefined || full === word.text.replace(/(.)\/$/, '$1'))
    return undefined;
  // Several sources, a slash or a dot make it a folder; else it is the name of the one file.
  const folder = /(?:^|\/)\.{0,2}$/.test(path) || instruction.sources.length > 1;
  return {
    span: word.span,
    markdown: folder
      ? t('Into the folder {0}.', code(full === '/' ? full : `${full}/`))
      : t('To {0}.', code(full)),
  };
}

function portHover({ args }: Plain, offset: number): Hover | undefined {
  const word = args.find(({ span }) => contains(span, offset));
  if (word === undefined) return undefined;
  const range = /^(\d+)-(\d+)(?:\/|$)/.exec(word.text);
  const count = range ? Number(range[2]) - Number(range[1]) + 1 : 0;
  if (count > 1) return { span: word.span, markdown: t('{0} ports.', count) };
  return info(ports, word.text.replace(/\/.*/, ''), word.span);
}

/** Where a user comes from. */
function userHover({ model }: Document, instruction: Plain, offset: number): Hover | undefined {
  const word = instruction.args.find(({ span }) => contains(span, offset));
  const name = word?.text.replace(/:.*/, '');
  const known = usersOf(model, model.stageOf(instruction), offset).find((one) => one.name === name);
  if (word === undefined || known === undefined) return undefined;
  const said = {
    file: t('User {0} is made in this file.', code(known.name)),
    image: t('User {0} is in the base image.', code(known.name)),
    system: t('User {0} is in most images.', code(known.name)),
  };
  return { span: word.span, markdown: said[known.from] };
}

/** A subcommand or an option of a program that is known, or a package that it installs. */
function shellHover(
  document: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const known = programAt(document, instruction, offset);
  const word = known?.args.find(({ span }) => contains(span, offset));
  if (!known || !word) return arrayHover(instruction, offset);
  return ofLine(known.line, known.args, word) ?? packageHover(known.command, word);
}

/** In an array, whose first element is the program. */
function arrayHover(instruction: Instruction, offset: number): Hover | undefined {
  const command = commandLineOf(instruction);
  if (command?.form !== 'exec') return undefined;
  const [program, ...args] = command.argv;
  const word = args.find(({ span }) => contains(span, offset));
  const line = program && commandLine(programName(program.text));
  return word && line && ofLine(line, args, word);
}

type Argument = Pick<ShellWord, 'text' | 'span'>;

function ofLine(
  { subcommands = [], options, names: [program = ''] }: CommandLine,
  args: readonly Argument[],
  { text, span }: Argument,
): Hover | undefined {
  const [option = ''] = text.split('=', 1);
  const subcommand = args.find((arg) => subcommands.some(({ name }) => name === arg.text));
  const named = (one: string) => options.find(({ name }) => name === one);
  const found =
    (span === subcommand?.span ? subcommands.find(({ name }) => name === text) : undefined) ??
    named(text) ??
    named(option);
  if (found)
    return { span, markdown: `${code(`${program} ${found.name}`)}: ${t(found.documentation)}` };
  // Several letters behind one dash, where all are known.
  const letters = /^-[A-Za-z]{2,8}$/.test(text)
    ? Array.from(text.slice(1)).map((it) => named(`-${it}`))
    : [];
  const known = letters.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < letters.length) return undefined;
  const rows = known.map(({ name, documentation }) => `- ${code(name)}: ${t(documentation)}`);
  return { span, markdown: [code(`${program} ${text}`), '', ...rows].join('\n') };
}

function packageHover(command: Command, word: ShellWord): Hover | undefined {
  const found = install(command)?.packages.find((one) => one.word === word);
  const note = found && packageNote(found.name);
  return note === undefined
    ? undefined
    : { span: word.span, markdown: `${code(found?.name ?? '')}: ${note}` };
}
