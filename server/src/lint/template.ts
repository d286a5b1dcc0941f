/** Files from which a program generates Dockerfiles: their marks are not Dockerfile syntax, so no rule applies to them. */
import type { Dockerfile } from '../syntax/tree.ts';
import type { Node } from '../text/span.ts';

/** The id of the rule that reports it. */
export const templateRule = 'template-file';

/** A mark at the start of an instruction, where a keyword should be; also of Terraform, FreeMarker and m4 templates. */
const instead =
  /^[ \t]*((?:\{\{|\{%|\{#|<%|@@|%%|%\{|<\/?#\w|<\?|m4_\w+\(|(?:define|s?include|changequote|ifdef|ifelse|divert|undefine)\(|dnl\b)[^\n]{0,80})/gm;
/** The same inside an instruction, where it may be text: only statements of templates. */
const statement =
  /^[ \t]*((?:\{\{-?\s*(?:if|else|end|range|with|define|template|block|for|include|#|\/)\b|\{%|<%)[^\n]{0,80})/gm;
/** A mark in an instruction whose arguments have no use for it. */
const argument =
  /^[ \t]*(?:FROM|ARG|ENV|COPY|ADD|USER|WORKDIR|EXPOSE|VOLUME)[ \t][^\n"'#]*?(\{\{[^\n}]*\}?\}?|\{%[^\n%]*%?\}?|<%[^\n%]*%?>?|@@\w+@@|%%\w+%%)/gim;
const image =
  /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)?[^\s@]*?(@\w+@|#\{[^}\s]*\}|%\{[^}\n]*\}|<\?[^\n]*)/gim;

/** A variable of the templates of development containers. */
const option = /^[ \t]*\w+[ \t][^\n#]*?(\$\{templateOption:\w+\})/gm;

/** What all of these but the first have. */
const anyMark = /\{[{%]|<[%?]|@\w*@|[%#]\{|%%|\$\{templateOption:/;

/** The first mark of a template outside comments and heredocs; undefined if the file is not one. */
export function templateMark(tree: Dockerfile): Node | undefined {
  const { text, errors } = tree;
  const isUnknown = errors.length > 0 && errors.some(({ code }) => code === 'unknown-instruction');
  // Most files have no mark, and are not searched further.
  if (!isUnknown && !anyMark.test(text)) return undefined;
  const patterns: (readonly [RegExp, typeof isBetween])[] = [];
  if (isUnknown) patterns.push([instead, isBetween]);
  const contains = (...marks: readonly string[]): boolean =>
    marks.some((mark) => text.includes(mark));
  const hasStatements = contains('{{', '{%', '<%');
  if (hasStatements) patterns.push([statement, isOutsideHeredocs]);
  if (hasStatements || contains('@@', '%%')) patterns.push([argument, isOutsideHeredocs]);
  if (contains('@', '#{', '%{', '<?')) patterns.push([image, isOutsideHeredocs]);
  if (contains('${templateOption:')) patterns.push([option, isOutsideHeredocs]);
  let first: Node | undefined;
  for (const [pattern, isAllowed] of patterns)
    for (const { 0: whole, 1: mark = '', index } of text.matchAll(pattern)) {
      const start = index + whole.length - mark.length;
      if (!isAllowed(tree, start)) continue;
      if (first === undefined || start < first.span.start)
        first = { span: { start, end: start + mark.trimEnd().length } };
      break;
    }
  return first;
}

/** Whether an instruction begins there, or nothing that can be read. */
function isBetween({ instructions }: Dockerfile, offset: number): boolean {
  return instructions.every(
    ({ keyword, span }) => offset <= keyword.span.start || offset >= span.end,
  );
}

function isOutsideHeredocs({ instructions, comments }: Dockerfile, offset: number): boolean {
  return (
    instructions.every(({ heredocs }) =>
      heredocs.every(({ body }) => offset < body.start || offset >= body.end),
    ) && comments.every(({ span }) => offset < span.start || offset >= span.end)
  );
}
