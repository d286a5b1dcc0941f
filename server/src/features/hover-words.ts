/** Hovers for arguments: signals, ports, labels, platforms, directives, heredocs, options of package managers. */
import type { Document } from '../model/document.ts';
import { installOf } from '../programs/install.ts';
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
import type { Heredoc, Instruction, InstructionOf, Plain } from '../syntax/tree.ts';
import { programName } from '../shell/dialect.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { resolvedPath } from '../model/copied-files.ts';
import { contains } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import { programAt } from './completion/shell.ts';
import { code } from './documentation.ts';
import type { Hover } from './hover-answer.ts';
import { packageNote } from './package-note.ts';
import { usersOf } from './stage-facts.ts';

/** The check that a directive names, or else the directive. */
export function directiveHover({ tree, text }: Document, offset: number): Hover | undefined {
  const found = tree.directives.find(({ span }) => contains(span, offset));
  if (!found) return undefined;
  const { nameSpan, name, valueSpan } = found;
  const directive = tableHover(directives, name, { start: nameSpan.start, end: valueSpan.end });
  if (name !== 'check' || !contains(valueSpan, offset)) return directive;
  for (const { 0: word, index } of text.slice(valueSpan.start, valueSpan.end).matchAll(/\w+/g)) {
    const start = valueSpan.start + index;
    const span = { start, end: start + word.length };
    if (contains(span, offset)) return tableHover(buildChecks, word, span) ?? directive;
  }
  return directive;
}

/** Describes an argument of an instruction. */
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
      return pair && tableHover(labels, pair.key.text, pair.key.span);
    }
    case 'WORKDIR':
      return workdirHover(document, instruction, offset);
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
  return flag?.value && tableHover(platforms, flag.value.text, flag.value.span);
}

function tableHover(
  table: readonly WordInfo[],
  name: string,
  span: Hover['span'],
): Hover | undefined {
  const found = table.find((one) => one.name === name);
  return found && { span, markdown: `${code(found.name)}: ${t(found.documentation)}` };
}

function heredocHover({ kind }: Instruction, { name, expands, chomp, span }: Heredoc): Hover {
  const what =
    kind === 'RUN'
      ? t(
          'The lines up to {0} are the script, or the input of the preceding command.',
          code(name.text),
        )
      : t('The lines up to {0} are the content of the file.', code(name.text));
  const variables = expands
    ? t('Variables are expanded; use {0} to keep them unchanged.', code(`<<"${name.text}"`))
    : t('Variables are not expanded because the delimiter is quoted.');
  const tabs = chomp ? ` ${t('Leading tabs are removed.')}` : '';
  return { span, markdown: `${what} ${variables}${tabs}` };
}

function asHover({ as, name }: InstructionOf<'FROM'>, offset: number): Hover | undefined {
  if (as === undefined || !contains(as.span, offset)) return undefined;
  const description = t(
    'Name of the stage, for later `FROM`, `COPY --from` and `RUN --mount` instructions.',
  );
  return { span: as.span, markdown: `${code(`AS ${name?.text ?? ''}`.trim())}: ${description}` };
}

/** `CMD` and `NONE` of a HEALTHCHECK. */
function checkHover({ type }: InstructionOf<'HEALTHCHECK'>, offset: number): Hover | undefined {
  if (type === undefined || !contains(type.span, offset)) return undefined;
  const description =
    type.text.toUpperCase() === 'NONE'
      ? t('Disables the health check of the base image.')
      : t(
          'Runs in the container: exit code 0 means healthy, 1 unhealthy. A shell command or a JSON array.',
        );
  return { span: type.span, markdown: `${code(type.text)}: ${description}` };
}

/** The absolute path of a relative WORKDIR. */
function workdirHover({ model }: Document, instruction: Plain, offset: number): Hover | undefined {
  const word = instruction.args.find(({ span }) => contains(span, offset));
  const path = word && model.expand(word)?.text;
  const full = path === undefined ? undefined : resolvedPath(model, path, instruction);
  if (word === undefined || full === undefined || full === word.text) return undefined;
  return { span: word.span, markdown: t('Directory {0}.', code(full)) };
}

/** The absolute destination, if the path is relative or contains variables. */
function targetHover(
  { model }: Document,
  instruction: InstructionOf<'COPY'> | InstructionOf<'ADD'>,
  offset: number,
): Hover | undefined {
  const { target: word } = instruction;
  if (word === undefined || !contains(word.span, offset)) return undefined;
  const path = model.expand(word)?.text;
  const full = path === undefined ? undefined : resolvedPath(model, path, instruction);
  if (path === undefined || full === undefined || full === word.text.replace(/(.)\/$/, '$1'))
    return undefined;
  // With several sources, a trailing slash or a dot, it is a directory; otherwise it is the name of the file.
  const isDirectory = /(?:^|\/)\.{0,2}$/.test(path) || instruction.sources.length > 1;
  return {
    span: word.span,
    markdown: isDirectory
      ? t('Copied into directory {0}.', code(full === '/' ? full : `${full}/`))
      : t('Copied to {0}.', code(full)),
  };
}

function portHover({ args }: Plain, offset: number): Hover | undefined {
  const word = args.find(({ span }) => contains(span, offset));
  if (word === undefined) return undefined;
  const range = /^(\d+)-(\d+)(?:\/|$)/.exec(word.text);
  const count = range ? Number(range[2]) - Number(range[1]) + 1 : 0;
  if (count > 1) return { span: word.span, markdown: t('Range of {0} ports.', count) };
  return tableHover(ports, word.text.replace(/\/.*/, ''), word.span);
}

/** The origin of a user. */
function userHover({ model }: Document, instruction: Plain, offset: number): Hover | undefined {
  const word = instruction.args.find(({ span }) => contains(span, offset));
  const name = word?.text.replace(/:.*/, '');
  const known = usersOf(model, model.stageOf(instruction), offset).find((one) => one.name === name);
  if (word === undefined || known === undefined) return undefined;
  const description = {
    file: t('User {0} is created in this file.', code(known.name)),
    image: t('User {0} exists in the base image.', code(known.name)),
    system: t('User {0} exists in most images.', code(known.name)),
  };
  return { span: word.span, markdown: description[known.from] };
}

/** A subcommand or option of a known program, or a package that it installs. */
function shellHover(
  document: Document,
  instruction: Instruction,
  offset: number,
): Hover | undefined {
  const known = programAt(document, instruction, offset);
  const word = known?.args.find(({ span }) => contains(span, offset));
  if (!known || !word) return arrayHover(instruction, offset);
  return lineHover(known.line, known.args, word) ?? packageHover(known.command, word);
}

/** An argument in an array whose first element is the program. */
function arrayHover(instruction: Instruction, offset: number): Hover | undefined {
  const command = commandLineOf(instruction);
  if (command?.form !== 'exec') return undefined;
  const [program, ...args] = command.argv;
  const word = args.find(({ span }) => contains(span, offset));
  const line = program && commandLine(programName(program.text));
  return word && line && lineHover(line, args, word);
}

type Argument = Pick<ShellWord, 'text' | 'span'>;

function lineHover(
  { subcommands = [], options, names: [program = ''] }: CommandLine,
  args: readonly Argument[],
  { text, span }: Argument,
): Hover | undefined {
  const [option = ''] = text.split('=', 1);
  const subcommand = args.find((arg) => subcommands.some(({ name }) => name === arg.text));
  const optionNamed = (one: string) => options.find(({ name }) => name === one);
  const found =
    (span === subcommand?.span ? subcommands.find(({ name }) => name === text) : undefined) ??
    optionNamed(text) ??
    optionNamed(option);
  if (found)
    return { span, markdown: `${code(`${program} ${found.name}`)}: ${t(found.documentation)}` };
  // Several letters after one dash, if all of them are known.
  const letters = /^-[A-Za-z]{2,8}$/.test(text)
    ? Array.from(text.slice(1)).map((it) => optionNamed(`-${it}`))
    : [];
  const known = letters.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < letters.length) return undefined;
  const rows = known.map(({ name, documentation }) => `- ${code(name)}: ${t(documentation)}`);
  return { span, markdown: [code(`${program} ${text}`), '', ...rows].join('\n') };
}

function packageHover(command: Command, word: ShellWord): Hover | undefined {
  const found = installOf(command)?.packages.find((one) => one.word === word);
  const note = found && packageNote(found.name);
  return note === undefined
    ? undefined
    : { span: word.span, markdown: `${code(found?.name ?? '')}: ${note}` };
}
