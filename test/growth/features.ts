/** What editors request of a document, as functions of a new document: nothing is known of it before. */
import { completion } from '../../server/src/features/completion/index.ts';
import { definition } from '../../server/src/features/definition.ts';
import { disableRule } from '../../server/src/features/actions/disable-rule.ts';
import { quickFixes } from '../../server/src/features/actions/quick-fixes.ts';
import { codeLenses } from '../../server/src/features/code-lenses.ts';
import { contextSources } from '../../server/src/features/context-sources.ts';
import { folding } from '../../server/src/features/folding.ts';
import { format } from '../../server/src/features/formatting/format.ts';
import { defaultOptions } from '../../server/src/features/formatting/options.ts';
import { highlights } from '../../server/src/features/highlights.ts';
import { hover } from '../../server/src/features/hover.ts';
import { inlayHints } from '../../server/src/features/inlay-hints.ts';
import { links } from '../../server/src/features/links.ts';
import { symbols } from '../../server/src/features/symbols.ts';
import { refactorings, refactorKinds } from '../../server/src/features/refactor/index.ts';
import { rename } from '../../server/src/features/rename.ts';
import { selection } from '../../server/src/features/selection.ts';
import { mostCharacters, tokensNear } from '../../server/src/features/semantic-tokens.ts';
import { signatureHelp } from '../../server/src/features/signature-help.ts';
import { edgesOf } from '../../server/src/features/stage-graph/graph.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { Finding, LintConfig } from '../../server/src/lint/rule.ts';
import { ignoreFile } from '../../server/src/project/ignore-file.ts';
import { answerForEachText, type Document } from '../../server/src/model/document.ts';
import { rules } from '../../server/src/rules/index.ts';
import { emptyOutside } from '../marked-document.ts';

const config: LintConfig = { everyRule: true, rules: {} };
const input = { surroundings: { ignoreFile: ignoreFile('.dockerignore', 'a1\n**/*.log\n!b') } };
const hints = {
  fromArguments: true,
  baseImages: true,
  stageNames: true,
  workdir: true,
  repeats: 1,
};

/** Places in the text: near its start, in its middle and at its end. Finding them is not a part of a request. */
export function places(document: Document): readonly number[] {
  return [3, middle(document), document.text.length];
}

/**
 * A place in the middle of the text, within an instruction of the kind of the last one and at the start of a word in a long
 * instruction: so it is the same kind of place for texts of different lengths.
 */
function middle({ text, tree }: Document): number {
  const half = Math.floor(text.length / 2);
  const kind = tree.instructions.at(-1)?.kind;
  const found = tree.instructions.find((one) => one.span.end > half && one.kind === kind);
  if (found === undefined) return half;
  const { start, end } = found.span;
  return start <= half && end - start > longInstruction
    ? half + text.slice(half).search(/(?<=[\s,;&|])|$/)
    : Math.min(start + Math.floor((end - start) / 2), text.length);
}

const longInstruction = 1000;

/** What an editor shows at once. */
const visibleCharacters = 5000;

export const diagnostics = (document: Document) => lint(document.model, rules, config, input);

/** The fixes at some places; the server knows the findings when they are requested. */
export const fixes = (document: Document, findings: readonly Finding[], at = places(document)) =>
  at.map((offset) => [
    quickFixes({ start: offset, end: offset }, findings),
    disableRule(document, { start: offset, end: offset }, findings),
  ]);

type Request = (document: Document, at?: readonly number[]) => unknown;

/** Requests at one or several places are for those given, or else for some that are found in the document. */
export const features: Readonly<Record<string, Request>> = {
  parsing: ({ tree }) => tree,
  diagnostics,
  links: (document) => [links(document, rules, (id) => id), contextSources(document)],
  tokens: (document) => tokensNear(document, { start: 0, end: mostCharacters }),
  'tokens of a range': (document) => {
    const start = middle(document);
    return tokensNear(document, { start, end: start + visibleCharacters });
  },
  symbols: (document) => [symbols(document), document.model.symbols],
  hover: (document, at = places(document)) =>
    at.map((offset) => hover(document, offset, rules, (id) => id)),
  completion: (document, at = places(document)) =>
    Promise.all(at.map((offset) => completion(document, offset, emptyOutside))),
  formatting: (document) => format(document, defaultOptions),
  fixes: (document) => fixes(document, diagnostics(document)),
  'fix all': (document) => fixAll(document.text, answerForEachText(document, diagnostics), 'safe'),
  'other requests': (document) => {
    const whole = { start: 0, end: document.text.length };
    return [
      folding(document),
      inlayHints(document, whole, hints),
      codeLenses(document),
      edgesOf(document),
      ...places(document).flatMap((at) => [
        definition(document, at),
        highlights(document, at),
        rename(document, at, 'renamed'),
        selection(document, at),
        signatureHelp(document, at),
        refactorKinds.map((kind) => refactorings(document, { start: at, end: at }, kind)),
      ]),
    ];
  },
};
