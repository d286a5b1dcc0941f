/** Collects every text that a person reads, with its place: messages, manifest, pages, output, comments, test names. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Kind } from './patterns/pattern.mts';

export interface Text {
  readonly text: string;
  readonly kind: Kind;
  readonly file: string;
  /** 1-based line, or the key in a catalogue. */
  readonly at: number | string;
  /** The source file that the text of a catalogue comes from. */
  readonly source: string;
}

/** A translation with the English text it belongs to. */
export interface Translation extends Text {
  readonly english: string;
}

export interface Texts {
  readonly english: readonly Text[];
  readonly chinese: readonly Translation[];
  /** All English texts of the catalogue, to look for the singular of a plural. */
  readonly catalogue: readonly string[];
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly kind: Kind;
}

/** Pages that a generator writes from texts that are checked where they are written. */
const generated = /^docs\/(?:rules\/|commands\.md|settings\.md)|^schemas\//;
/** Foreign text, and texts about words. */
const exempt = /^scripts\/words\/|^test\/fixtures\/|^test\/corpus\/|^package-lock\.json$/;

/** Reads the tree below `root`. */
export function collectTexts(root: string): Texts {
  const files = trackedFiles(root).filter((file) => !exempt.test(file));
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const code = files.filter((file) => /\.m?tsx?$|\.mjs$/.test(file));
  const places = new Map<string, Place>();
  const english: Text[] = [];
  for (const file of code) {
    const found = textsOfSource(file, read(file));
    for (const [text, place] of found.literals) if (!places.has(text)) places.set(text, place);
    english.push(...found.texts);
  }
  for (const file of files) {
    if (file.endsWith('.md') && !generated.test(file) && !file.includes('.zh-cn.')) {
      english.push(...textsOfPage(file, read(file)));
    }
  }
  const catalogues = textsOfCatalogues(read, places);
  const chinesePages = files
    .filter((file) => file.endsWith('.zh-cn.md'))
    .flatMap((file) => textsOfPage(file, read(file)).map((text) => ({ ...text, english: '' })));
  return {
    english: [...english, ...catalogues.english],
    chinese: [...catalogues.chinese, ...chinesePages],
    catalogue: catalogues.keys,
  };
}

export function trackedFiles(root: string): readonly string[] {
  const output = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return output.split('\0').filter((file) => file !== '' && !file.startsWith('node_modules'));
}

/** The literals of a source file by text, and its comments, test names and output. */
export function textsOfSource(
  file: string,
  source: string,
): { readonly literals: ReadonlyMap<string, Place>; readonly texts: readonly Text[] } {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const literals = new Map<string, Place>();
  const texts: Text[] = [];
  const isTest = /\.test\.m?ts$/.test(file) || file.startsWith('test/');
  const isScript = file.startsWith('scripts/');
  const lineOf = (position: number): number =>
    tree.getLineAndCharacterOfPosition(position).line + 1;
  const add = (text: string, kind: Kind, line: number): void => {
    texts.push({ text, kind, file, at: line, source: file });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      const line = lineOf(node.getStart());
      if (isTest) {
        if (isTestName(node)) add(node.text, 'test', line);
      } else if (isScript) {
        if (/[a-z] [a-z]/i.test(node.text)) add(node.text, 'output', line);
      } else if (!literals.has(node.text)) {
        literals.set(node.text, { file, line, kind: kindOf(node, file) });
      }
    }
    const children = node
      .getChildren(tree)
      .filter(
        ({ kind }) => kind < ts.SyntaxKind.FirstJSDocNode || kind > ts.SyntaxKind.LastJSDocNode,
      );
    if (children.length === 0) {
      for (const { text, start } of commentsIn(source, node.pos, node.getStart())) {
        add(text, 'comment', lineOf(start));
      }
    }
    children.forEach(visit);
  };
  visit(tree);
  return { literals, texts };
}

function isTestName(node: ts.StringLiteralLike): boolean {
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== node) return false;
  return /^(?:test|it|describe|suite)\b/.test(call.expression.getText());
}

/** What a literal is for, by the property or call that it is written in. */
function kindOf(node: ts.Node, file: string): Kind {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) && !ts.isArrowFunction(at)) break;
    if (ts.isCallExpression(at) && isArgument(node, at)) return 'message';
    if (!ts.isPropertyAssignment(at) && !ts.isVariableDeclaration(at)) continue;
    const name = at.name.getText();
    if (name === 'message') return 'message';
    if (name === 'summary') return file.startsWith('server/src/rules/') ? 'summary' : 'prose';
    if (name === 'title' && file.startsWith('server/') && isEdit(at)) return 'fix';
    if (prose.has(name)) return 'prose';
    if (ts.isPropertyAssignment(at)) break;
  }
  if (/^server\/src\/lint\/(?:explain|rule-index)\.ts$/.test(file)) return 'page';
  if (/^server\/src\/(?:reference|features\/completion|features\/hover)/.test(file)) return 'prose';
  return file.startsWith('contract/') ? 'manifest' : 'message';
}

/** Properties with text of several sentences, to which the limit of a message does not apply. */
const prose = new Set([
  'why',
  'note',
  'documentation',
  'description',
  'markdownDescription',
  'markdown',
  'detail',
  'about',
  'hint',
  'help',
  'tooltip',
  'text',
  'json',
]);

/** Whether it is a value put into another text: the second argument of `t()` and on. */
function isArgument(node: ts.Node, call: ts.CallExpression): boolean {
  if (call.expression.getText() !== 't') return false;
  const [first] = call.arguments;
  return first !== undefined && (node.pos < first.pos || node.end > first.end);
}

function isEdit(property: ts.PropertyAssignment | ts.VariableDeclaration): boolean {
  if (!ts.isPropertyAssignment(property)) return false;
  return property.parent.properties.some((other) =>
    /^(?:edits|safe)$/.test(other.name?.getText() ?? ''),
  );
}

/** The comments between two tokens; lines that follow each other are one comment. */
function commentsIn(
  source: string,
  from: number,
  to: number,
): readonly { readonly text: string; readonly start: number }[] {
  const trivia = source.slice(from, to);
  if (!trivia.includes('/')) return [];
  return [...trivia.matchAll(/\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*(?:\n\s*)?)+/g)].map((match) => ({
    start: from + match.index,
    text: match[0]
      .replace(/^\/\*+|\*+\/$/g, '')
      .split('\n')
      .map((line) => line.trim().replace(/^(?:\/\/|\*)\s?/, ''))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }));
}

/** The paragraphs, items and rows of a Markdown page, without its code. */
export function textsOfPage(file: string, page: string): readonly Text[] {
  const texts: Text[] = [];
  let isCode = false;
  let isParagraph = false;
  page.split('\n').forEach((line, index) => {
    const isFence = /^\s*(?:```|~~~)/.test(line);
    if (isFence) isCode = !isCode;
    const text = isFence || isCode ? '' : line.trim();
    const last = texts.at(-1);
    if (text !== '' && isParagraph && last && !/^(?:[-*#>|]|\d+\.)/.test(text)) {
      texts[texts.length - 1] = { ...last, text: `${last.text} ${text}` };
    } else if (text !== '') {
      texts.push({ text, kind: 'page', file, at: index + 1, source: file });
    }
    isParagraph = text !== '' && !/^[#|]/.test(text);
  });
  return texts;
}

function textsOfCatalogues(
  read: (file: string) => string,
  places: ReadonlyMap<string, Place>,
): {
  readonly english: readonly Text[];
  readonly chinese: readonly Translation[];
  readonly keys: readonly string[];
} {
  const english: Text[] = [];
  const chinese: Translation[] = [];
  const keys: string[] = [];
  for (const name of ['l10n/bundle.l10n', 'package.nls']) {
    const file = `${name}.json`;
    const translatedFile = `${name}.zh-cn.json`;
    const texts = JSON.parse(read(file)) as Record<string, string>;
    const translated = JSON.parse(read(translatedFile)) as Record<string, string>;
    for (const [key, text] of Object.entries(texts)) {
      const place = places.get(text);
      const kind = name === 'package.nls' ? 'manifest' : (place?.kind ?? 'prose');
      const source = place?.file ?? file;
      english.push({ text, kind, file: source, at: place?.line ?? key, source });
      keys.push(text);
      const translation = translated[key];
      if (translation === undefined) continue;
      chinese.push({
        text: translation,
        kind,
        file: translatedFile,
        at: key,
        source,
        english: text,
      });
    }
  }
  return { english, chinese, keys };
}
