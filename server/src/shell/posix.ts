/** POSIX shell and bash to our tree, by unbash: the only file that knows it. */
import {
  forEachChild,
  parse,
  type AndOr,
  type Command as TheirCommand,
  type CommandArgument,
  type CompoundList,
  type Function as TheirFunction,
  type ParsedScript,
  type Pipeline as TheirPipeline,
  type Redirection,
  type Statement as TheirStatement,
  type SyntaxNode,
} from 'unbash';
import type { Span } from '../text/span.ts';
import { widened } from './hull.ts';
import type {
  Block,
  Chain,
  Command,
  Dialect,
  Pipeline,
  Redirect,
  Script,
  ShellVariable,
  ShellWord,
  Statement,
} from './script.ts';
import { errorAt, separatorsOf, signAt } from './separators.ts';
import { unquoted, type Source } from './source.ts';

/** Reads any text; what unbash can not make sense of is in `errors`. */
export function parsePosix(source: Source, dialect: Dialect): Script {
  const reading: Reading = { source, errors: [], depth: 0 };
  const whole = source.span(0, source.text.length);
  try {
    const parsed = parse(source.text);
    const statements = scriptOf(reading, parsed);
    const separators = separatorsOf(
      source,
      parsed.commands.map((one) => one.command.end),
    );
    return { dialect, statements, separators, errors: reading.errors };
  } catch {
    // unbash has never been seen to throw, but a body it fails on must not take the file down.
    return { dialect, statements: [], separators: [], errors: [whole] };
  }
}

interface Reading {
  readonly source: Source;
  readonly errors: Span[];
  depth: number;
}
/** unbash reads each nested substitution when asked, up to its end: nobody writes as many, and each costs the rest. */
const deepest = 40;
type CommandNode = TheirStatement['command'];
type Compound = Exclude<CommandNode, AndOr | TheirPipeline | TheirCommand>;
interface Place {
  readonly pos: number;
  readonly end: number;
}

const none: readonly never[] = [];

function spanOf({ source }: Reading, { pos, end }: Place): Span {
  return source.span(pos, end);
}

function scriptOf(reading: Reading, script: ParsedScript): Statement[] {
  for (const { pos } of script.errors ?? none) reading.errors.push(errorAt(reading.source, pos));
  return script.commands.map(({ command }) => statement(reading, command));
}

function listOf(reading: Reading, list: CompoundList | undefined): Statement[] {
  return list === undefined ? [] : list.commands.map(({ command }) => statement(reading, command));
}

function statement(reading: Reading, node: CommandNode): Statement {
  if (node.type === 'Command') return command(reading, node);
  if (node.type === 'AndOr') return chain(reading, node);
  if (node.type === 'Pipeline') return pipeline(reading, node);
  return block(reading, node);
}

function chain(reading: Reading, node: AndOr): Chain {
  const parts = node.commands.map((part) => statement(reading, part));
  return {
    kind: 'chain',
    span: widened(spanOf(reading, node), parts),
    parts,
    operators: node.operators.map((text, i) => ({
      text,
      span: signAt(reading.source, text, { from: node.commands[i]?.end ?? node.end, to: node.end }),
    })),
  };
}

function pipeline(reading: Reading, node: TheirPipeline): Pipeline {
  const parts = node.commands.map((part) => statement(reading, part));
  return {
    kind: 'pipeline',
    span: widened(spanOf(reading, node), parts),
    parts,
    negated: node.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1,
  };
}

function command(reading: Reading, node: TheirCommand): Command {
  const args = node.args.map((arg) => word(reading, arg));
  const redirects = node.redirects.map((part) => redirect(reading, part));
  const assigned = node.prefix.filter((part) => part.type === 'Assignment');
  return {
    kind: 'command',
    span: widened(spanOf(reading, node), args, redirects),
    ...(node.name && { name: word(reading, node.name) }),
    args,
    assignments: assigned.map((part) => word(reading, part)),
    redirects,
  };
}

function redirect(reading: Reading, node: Redirection): Redirect {
  const { operator } = node;
  if (node.type !== 'HereDoc')
    return {
      span: spanOf(reading, node),
      operator,
      ...(node.target && { target: word(reading, node.target) }),
    };
  const { delimiter, body } = node;
  return {
    span: spanOf(reading, node),
    operator,
    ...(delimiter && { target: plain(reading, delimiter, delimiter.value) }),
    body: delimiter?.quoted
      ? plain(reading, body, body.text)
      : composed(reading, body, { text: body.text, quoted: true }),
  };
}

function block(reading: Reading, node: Compound): Block {
  const made = compound(reading, node);
  const span = widened(made.span, made.bodies, made.words, made.redirects);
  return span === made.span ? made : { ...made, span };
}

function compound(reading: Reading, node: Compound): Block {
  if (node.type === 'Redirected') {
    const inner = block(reading, node.command);
    const redirects = node.redirects.map((part) => redirect(reading, part));
    return { ...inner, span: spanOf(reading, node), redirects };
  }
  const made = (
    opener: Block['opener'],
    lists: readonly (CompoundList | undefined)[],
    words: readonly ShellWord[] = none,
  ): Block => ({
    kind: 'block',
    opener,
    span: spanOf(reading, node),
    bodies: lists.flatMap((list) => listOf(reading, list)),
    words,
    redirects: none,
  });
  switch (node.type) {
    case 'If': {
      const others = node.elif.flatMap((part) => [part.clause, part.then]);
      return made('if', [node.clause, node.then, ...others, node.else]);
    }
    case 'For':
    case 'Select': {
      const words = (node.wordlist ?? none).map((part) => word(reading, part));
      const opener = node.type === 'For' ? 'for' : 'select';
      return { ...made(opener, [node.body], words), variable: word(reading, node.name) };
    }
    case 'ArithmeticFor':
      return made('for', [node.body], [composed(reading, node, { upTo: node.body.pos })]);
    case 'While':
      return made(node.kind, [node.clause, node.body]);
    case 'Case': {
      const patterns = node.items.flatMap(({ pattern }) => pattern);
      const words = [node.word, ...patterns].map((part) => word(reading, part));
      const bodies = node.items.map(({ body }) => body);
      return made('case', bodies, words);
    }
    case 'Subshell':
      return made('subshell', [node.body]);
    case 'BraceGroup':
      return made('group', [node.body]);
    case 'TestCommand':
      return made('test', [], wordsIn(reading, node.expression));
    case 'ArithmeticCommand':
      return made('test', [], [composed(reading, node, {})]);
    case 'Function':
      return { ...made('function', []), name: node.name.text, bodies: bodyOf(reading, node.body) };
    case 'Coproc':
      return { ...made('group', []), bodies: bodyOf(reading, node.body) };
  }
}

function bodyOf(reading: Reading, body: TheirFunction['body'] | TheirCommand): Statement[] {
  if (body.type === 'CompoundList') return listOf(reading, body);
  if (body.type === 'BraceGroup') return listOf(reading, body.body);
  return [statement(reading, body)];
}

function wordsIn(reading: Reading, node: SyntaxNode): ShellWord[] {
  if (node.type === 'Word') return [word(reading, node)];
  const found: ShellWord[] = [];
  forEachChild(node, (child) => found.push(...wordsIn(reading, child)));
  return found;
}

/** Characters that stand for themselves wherever they are: such words need no second look. */
const simple = /^[\w./:,+@%=-]*$/;

function word(reading: Reading, node: CommandArgument): ShellWord {
  if (simple.test(node.text)) return plain(reading, node, node.text);
  if (node.type === 'Word') return composed(reading, node, { text: node.value });
  const { value } = node;
  const written = reading.source.text.slice(node.pos, value.pos);
  const text = value.type === 'Word' ? written + value.value : node.text;
  return composed(reading, node, { text });
}

function plain({ source }: Reading, { pos, end }: Place, text: string): ShellWord {
  const [span, raw] = [source.span(pos, end), source.raw(pos, end)];
  return { span, text, raw, literal: true, variables: none, scripts: none };
}

interface Found {
  readonly variables: ShellVariable[];
  readonly scripts: Statement[];
  expands: boolean;
}

function composed(
  reading: Reading,
  node: SyntaxNode,
  { text, quoted = false, upTo }: { text?: string; quoted?: boolean; upTo?: number },
): ShellWord {
  const { source } = reading;
  const end = upTo ?? node.end;
  const found: Found = { variables: [], scripts: [], expands: false };
  reading.depth++;
  if (reading.depth < deepest)
    forEachChild(node, (child) => {
      if (child.pos < end) collect(reading, child, quoted, found);
    });
  reading.depth--;
  const { variables, scripts } = found;
  return {
    span: source.span(node.pos, end),
    text: text ?? source.text.slice(node.pos, end),
    raw: source.raw(node.pos, end),
    literal: !found.expands && source.text[node.pos] !== '~',
    variables,
    scripts,
  };
}

function collect(reading: Reading, node: SyntaxNode, quoted: boolean, found: Found): void {
  switch (node.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return;
    case 'SimpleExpansion':
      found.variables.push(variable(reading, node, { pos: node.pos + 1, end: node.end }, quoted));
      found.expands = true;
      return;
    case 'ParameterExpansion': {
      const name = { pos: node.parameterPos, end: node.parameterEnd };
      found.variables.push(variable(reading, node, name, quoted));
      break;
    }
    case 'ArithmeticWord':
      if (/^[A-Za-z_]\w*$/.test(node.value))
        found.variables.push(variable(reading, node, node, true));
      break;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticCommandExpansion':
      found.expands = true;
      found.scripts.push(...substituted(reading, node, node.script));
      return;
  }
  found.expands ||= expanding.has(node.type);
  const inQuotes = quoted || node.type === 'DoubleQuoted' || node.type === 'LocaleString';
  reading.depth++;
  if (reading.depth < deepest)
    forEachChild(node, (child) => {
      collect(reading, child, inQuotes, found);
    });
  reading.depth--;
}

const expanding: ReadonlySet<SyntaxNode['type']> = new Set([
  'ParameterExpansion',
  'ArithmeticExpansion',
  'ArithmeticCommand',
  'ArithmeticWord',
  'Glob',
  'ExtendedGlob',
  'BraceExpansion',
]);

function variable({ source }: Reading, node: Place, name: Place, quoted: boolean): ShellVariable {
  return {
    span: source.span(node.pos, node.end),
    name: source.text.slice(name.pos, name.end),
    nameSpan: source.span(name.pos, name.end),
    quoted,
  };
}

/** Inside escaped back-ticks unbash counts in the text without the escapes. */
function substituted(
  reading: Reading,
  { pos, end }: Place,
  script: ParsedScript | undefined,
): Statement[] {
  if (script === undefined) return [];
  if (script.source === undefined) return scriptOf(reading, script);
  const written = { at: reading.source.span(pos, end).start, text: reading.source.raw(pos, end) };
  const source = unquoted(written, script.source);
  return source === undefined ? [] : scriptOf({ ...reading, source }, script);
}
