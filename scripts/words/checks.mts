/** What is wrong with the wording of a text: worn patterns, plurals, length, punctuation. */
import { patterns } from './patterns.mts';
import { chinesePatterns } from './patterns/chinese.mts';
import type { Exception, Pattern } from './patterns/pattern.mts';
import type { Text, Texts, Translation } from './texts.mts';
import { isImperative } from './verbs.mts';

export interface Finding {
  readonly text: Text;
  /** What was found, or the name of the check. */
  readonly found: string;
  readonly reason: string;
  readonly better: string;
}

/** Longest message that fits the Problems view and a notification. */
const longestMessage = 120;

/** All findings, in the order of the texts. */
export function checkTexts({ english, chinese, catalogue }: Texts): readonly Finding[] {
  const plural = pluralCheck(catalogue);
  return [
    ...english.flatMap((text) => [...checkEnglish(text), ...plural(text)]),
    ...chinese.flatMap(checkChinese),
  ];
}

/** One English text, without what needs the others. */
export function checkEnglish(text: Text): readonly Finding[] {
  const isCode = text.kind === 'comment' || text.kind === 'test';
  const shape = isCode || text.kind === 'page' || text.kind === 'output' ? [] : shapeOf(text);
  return [...wornIn(text), ...shape];
}

function wornIn(text: Text): readonly Finding[] {
  const masked = masking(text.text);
  return patterns.flatMap((entry) => {
    const found = isInScope(entry, text) ? firstMatch(entry, masked, text.text) : undefined;
    return found === undefined ? [] : [{ text, found, reason: entry.reason, better: entry.better }];
  });
}

function isInScope({ scope, files }: Pattern, { kind, source }: Text): boolean {
  if (scope !== undefined && (kind === 'comment' || kind === 'test')) return false;
  if (scope === 'messages' && (kind === 'page' || kind === 'output')) return false;
  return files?.test(source) ?? true;
}

/** The text with inline code and addresses made unreadable, at the same length. */
export function masking(text: string): string {
  return text
    .replace(/`[^`]+`/g, (code) => `\`${'·'.repeat(code.length - 2)}\``)
    .replace(/\b(?:https?|command):[^\s)]+/g, (address) => '·'.repeat(address.length))
    .replace(/\]\([^)]*\)/g, (link) => `](${'·'.repeat(link.length - 3)})`);
}

function firstMatch(
  { pattern, except = [] }: Pattern,
  masked: string,
  raw: string,
): string | undefined {
  const all = new RegExp(pattern.source, `${pattern.flags}g`);
  for (const { 0: found, index } of masked.matchAll(all)) {
    const isExcepted = except.some((exception) =>
      covers(exception, masked, raw, index, found.length),
    );
    if (!isExcepted) return found.trim();
  }
  return undefined;
}

function covers(
  { phrase }: Exception,
  masked: string,
  raw: string,
  start: number,
  length: number,
): boolean {
  const all = new RegExp(phrase.source, `${phrase.flags}g`);
  return [masked, raw].some((text) =>
    [...text.matchAll(all)].some(
      (match) => match.index < start + length && match.index + match[0].length > start,
    ),
  );
}

/** Length, final period, imperative and quotes, by what the text is for. */
function shapeOf(text: Text): readonly Finding[] {
  const { kind, source } = text;
  const findings: Finding[] = [];
  const add = (found: string, reason: string, better: string): void => {
    findings.push({ text, found, reason, better });
  };
  const isDiagnostic =
    kind === 'message' &&
    /^server\/src\/(?:rules|lint|shellcheck|features\/diagnostics)\//.test(source);
  if (
    (kind === 'message' || kind === 'fix' || kind === 'summary') &&
    text.text.length > longestMessage
  ) {
    add(
      `${text.text.length} characters`,
      `a message has at most ${longestMessage} characters`,
      'one short sentence',
    );
  }
  if ((isDiagnostic || kind === 'summary' || kind === 'fix') && /[^.]\.$/.test(text.text)) {
    add('.', 'diagnostics, fixes and summaries have no final period', 'remove it');
  }
  if ((kind === 'fix' || kind === 'summary') && !isImperative(text.text)) {
    add(
      text.text.split(' ')[0] ?? '',
      'fixes and summaries are imperative (scripts/words/verbs.mts)',
      'start with a verb',
    );
  }
  const quote = /[“”‘’]/.exec(text.text);
  if (quote) add(quote[0], 'VS Code and Docker use straight quotes in English', '\' and "');
  return findings;
}

/** Nouns that are counted; a text with a number and one of them needs a twin for one. */
const counted =
  /(?:\{\d\}|\b1) (?:(?:more|other|further|anonymous|unused|running|stopped|dangling|unhealthy|network|volume|build|image|compose) )?(images|containers|volumes|networks|contexts|files|folders|directories|items|entries|lines|layers|stages|steps|packages|ports|tags|errors|warnings|hints|findings|rules|fixes|days|weeks|months|years|hours|minutes|seconds|times|instructions|commands|characters|bytes|problems|changes|edits|builds|processes|tasks|secrets|variables|arguments|values|options|mounts|labels|records|results|references|GPUs|platforms|registries|services|projects|repositories)\b/;

/** Finds `1 images`, and `{0} images` that has no twin with `1 image`. */
export function pluralCheck(catalogue: readonly string[]): (text: Text) => readonly Finding[] {
  const bags = catalogue.map((text) => ({ text, words: wordsOf(text) }));
  return (text) => {
    if (text.kind === 'comment' || text.kind === 'test') return [];
    const match = counted.exec(text.text);
    const noun = match?.[1];
    if (match === null || noun === undefined) return [];
    if (match[0].startsWith('1')) {
      return [
        {
          text,
          found: match[0],
          reason: 'one is singular',
          better: 'a text for one and a text for many',
        },
      ];
    }
    if (text.kind === 'page' || text.kind === 'output') return [];
    const one = new RegExp(
      `\\b(?:1|one|an?|the|its|this|another) (?:\\w+ )?${singular(noun)}\\b` +
        // A named object: `Remove container {0}?`.
        `|\\b${singular(noun)} \\{\\d\\}`,
      'i',
    );
    const own = wordsOf(text.text);
    const hasTwin = bags.some((bag) => one.test(bag.text) && likeness(own, bag.words) >= 0.4);
    return hasTwin
      ? []
      : [
          {
            text,
            found: match[0],
            reason: 'no text for one of them',
            better: 'add a text with the singular',
          },
        ];
  };
}

function singular(noun: string): string {
  if (/(?:ies)$/.test(noun)) return `${noun.slice(0, -3)}y`;
  if (/(?:xes|sses)$/.test(noun)) return noun.slice(0, -2);
  return noun.slice(0, -1);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .match(/[a-z]{3,}/g)
      ?.map((word) => (word.endsWith('s') ? singular(word) : word)) ?? [],
  );
}

/** Shared words over all words; 1 for two texts without words of three letters. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = new Set([...one, ...other]);
  if (all.size === 0) return 1;
  return [...one].filter((word) => other.has(word)).length / all.size;
}

/** One Chinese text beside its English one. */
export function checkChinese(text: Translation): readonly Finding[] {
  const masked = masking(text.text);
  return chinesePatterns.flatMap(({ pattern, english, notEnglish, reason, better }) => {
    if (english?.test(text.english) === false || notEnglish?.test(text.english) === true) return [];
    const match = pattern.exec(masked);
    return match === null ? [] : [{ text, found: match[0], reason, better }];
  });
}
