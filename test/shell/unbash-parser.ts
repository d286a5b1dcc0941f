/** Parses scripts of POSIX shell and bash into our tree with unbash, to compare our own parser with it. */
import {
  parse,
  type AndOr,
  type Command as TheirCommand,
  type CompoundList,
  type Function as TheirFunction,
  type ParsedScript,
  type Pipeline as TheirPipeline,
  type Redirection,
  type Statement as TheirStatement,
} from 'unbash';
import type { Node, Span } from '../../server/src/text/span.ts';
import {
  createWord,
  none,
  createPlainWord,
  word,
  words,
  wordsIn,
  type Place,
  type Reading,
} from './unbash-words.ts';
import type {
  Block,
  Chain,
  Command,
  Dialect,
  Pipeline,
  Redirect,
  Script,
  ShellWord,
  Statement,
} from '../../server/src/shell/script.ts';
import { errorAt, separatorsOf } from '../../server/src/shell/separators.ts';
import type { Source } from '../../server/src/shell/source.ts';

/** Parses any text; what unbash cannot parse is in `errors`. */
export function parseWithUnbash(source: Source, dialect: Dialect): Script {
  const reading: Reading = { source, errors: [], depth: 0, scriptOf };
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
    // unbash is not known to throw, but a script that it fails on must not stop the test.
    return { dialect, statements: [], separators: [], errors: [whole] };
  }
}

type CommandNode = TheirStatement['command'];
type Compound = Exclude<CommandNode, AndOr | TheirPipeline | TheirCommand>;

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
    span: extendSpan(spanOf(reading, node), parts),
    parts,
    operators: node.operators.map((text, i) => ({
      text,
      span: operatorSpan(reading.source, text, {
        from: node.commands[i]?.end ?? node.end,
        to: node.end,
      }),
    })),
  };
}

function pipeline(reading: Reading, node: TheirPipeline): Pipeline {
  const parts = node.commands.map((part) => statement(reading, part));
  return {
    kind: 'pipeline',
    span: extendSpan(spanOf(reading, node), parts),
    parts,
    negated: node.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1,
  };
}

function command(reading: Reading, node: TheirCommand): Command {
  const { prefix, name: theirName, redirects: theirs } = node;
  const args = words(reading, node.args);
  const redirects = theirs.length === 0 ? none : theirs.map((part) => redirect(reading, part));
  const assigned = prefix.length === 0 ? none : prefix.filter((part) => part.type === 'Assignment');
  const assignments = words(reading, assigned);
  // Most commands end where their last argument does.
  const place = spanOf(reading, node);
  const last = args[args.length - 1];
  const isWhole = redirects.length === 0 && (last === undefined || last.span.end <= place.end);
  const span = isWhole ? place : extendSpan(place, args, redirects);
  const name = theirName && word(reading, theirName);
  return {
    kind: 'command',
    span,
    ...(name ? { name } : {}),
    args,
    assignments,
    redirects,
    mayContainScripts: true,
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
    ...(delimiter && { target: createPlainWord(reading, delimiter, delimiter.value) }),
    body: delimiter?.quoted
      ? createPlainWord(reading, body, body.text)
      : createWord(reading, body, { text: body.text, quoted: true }),
  };
}

function block(reading: Reading, node: Compound): Block {
  const made = compound(reading, node);
  const span = extendSpan(made.span, made.bodies, made.words, made.redirects);
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
      const clauses = [node.clause, ...node.elif.map((part) => part.clause)];
      const block = made('if', [node.clause, node.then, ...others, node.else]);
      return { ...block, conditions: clauses.flatMap((clause) => listOf(reading, clause)) };
    }
    case 'For':
    case 'Select': {
      const words = (node.wordlist ?? none).map((part) => word(reading, part));
      const opener = node.type === 'For' ? 'for' : 'select';
      return { ...made(opener, [node.body], words), variable: word(reading, node.name) };
    }
    case 'ArithmeticFor':
      return made('for', [node.body], [createWord(reading, node, { upTo: node.body.pos })]);
    case 'While':
      return {
        ...made(node.kind, [node.clause, node.body]),
        conditions: listOf(reading, node.clause),
      };
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
      return made('test', [], [createWord(reading, node, {})]);
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

/** The span of an operator after a command; empty if it is not found. */
function operatorSpan(
  source: Source,
  operator: string,
  { from, to }: { readonly from: number; readonly to: number },
): Span {
  const at = source.text.indexOf(operator, from);
  return at < 0 || at >= to ? source.span(from, from) : source.span(at, at + operator.length);
}

/** The span, extended to include its children: unbash ends an unclosed block where it begins. */
function extendSpan(place: Span, ...lists: readonly (readonly Node[])[]): Span {
  let { start, end } = place;
  for (const list of lists)
    for (const { span } of list) {
      if (span.start < start) start = span.start;
      if (span.end > end) end = span.end;
    }
  return start === place.start && end === place.end ? place : { start, end };
}
