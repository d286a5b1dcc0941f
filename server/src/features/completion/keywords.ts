import { instructions, type InstructionInfo, type Keyword } from '../../reference/instructions.ts';
import { t } from '../../text/translation.ts';
import { instructionMarkdown } from '../documentation.ts';
import { atKeyword, type Place } from './place.ts';
import { plain, type Completion } from './item.ts';
import { snippets } from './snippets.ts';

/** The arguments of each keyword, with placeholders. */
const argumentSnippets: Readonly<Record<Keyword, string>> = {
  ADD: '${1:source} ${2:target}',
  ARG: '${1:name}=${2:default}',
  CMD: '["${1:executable}"]',
  COPY: '${1:source} ${2:target}',
  ENTRYPOINT: '["${1:executable}"]',
  ENV: '${1:key}=${2:value}',
  EXPOSE: '${1:8080}',
  FROM: '$0',
  HEALTHCHECK: '--interval=${1:30s} --timeout=${2:5s} CMD ${3:command}',
  LABEL: '${1:key}="${2:value}"',
  MAINTAINER: '${1:name}',
  ONBUILD: '$0',
  RUN: '${1:command}',
  SHELL: '["${1:/bin/bash}", "${2:-c}"]',
  STOPSIGNAL: '${1|SIGTERM,SIGINT,SIGQUIT,SIGWINCH,SIGHUP,SIGKILL|}',
  USER: '$0',
  VOLUME: '["${1:path}"]',
  WORKDIR: '${1:/app}',
};

/** Keywords that trigger completion of their argument. */
const completesArgument: ReadonlySet<Keyword> = new Set(['FROM', 'ONBUILD', 'USER']);

/** Most common keywords first; a new stage is less common than a further instruction. */
const order: readonly Keyword[] = [
  'RUN',
  'COPY',
  'WORKDIR',
  'ENV',
  'ARG',
  'CMD',
  'ENTRYPOINT',
  'EXPOSE',
  'USER',
  'FROM',
  'LABEL',
  'HEALTHCHECK',
  'VOLUME',
  'ADD',
  'SHELL',
  'STOPSIGNAL',
  'ONBUILD',
];

/** Keywords at the start of an instruction, only where they are valid, in the case of the file. */
export function keywords(place: Place): readonly Completion[] {
  const { document, instruction, onbuild, word, typed, inComment, inHeredoc } = place;
  if (inComment || inHeredoc || !/^[A-Za-z]*$/.test(typed)) return [];
  const asTrigger = onbuild !== undefined && !(instruction === onbuild && atKeyword(place));
  const here = instruction === undefined ? startsLine(place) : atKeyword(place);
  const opensTrigger = onbuild !== undefined && instruction === onbuild && !atKeyword(place);
  if (!here && !opensTrigger) return [];
  const { tree } = document;
  const first = tree.instructions.find(({ kind }) => kind === 'FROM')?.span.start ?? Infinity;
  const rest = /^[^\n]*/.exec(document.text.slice(word.end))?.[0].trim() ?? '';
  const lower = usesLowercase(place);
  const hasStage = first < word.start;
  const ranked: readonly Keyword[] = hasStage
    ? order
    : ['FROM', ...order.filter((one) => one !== 'FROM')];
  const found = ranked
    .flatMap((keyword) => instructions.filter((info) => info.keyword === keyword))
    .filter((info) =>
      asTrigger ? info.inOnbuild : info.beforeFrom || info.keyword === 'FROM' || hasStage,
    )
    .map((info) => asCompletion(info, place, { lower, keywordOnly: rest !== '' }));
  return asTrigger || rest !== '' ? found : [...found, ...snippets(place, lower)];
}

function startsLine({ document: { text }, word }: Place): boolean {
  const lineStart = text.lastIndexOf('\n', word.start - 1) + 1;
  return text.slice(lineStart, word.start).trim() === '';
}

/** Follows the majority of the other keywords. */
function usesLowercase({ document, word }: Place): boolean {
  const { text, tree } = document;
  let [others, lowercase] = [0, 0];
  for (const instruction of tree.instructions) {
    const { kind, span } = instruction;
    if (kind === 'unknown' || span.start === word.start) continue;
    others++;
    if (text.startsWith(kind, span.start)) continue;
    const written = text.slice(span.start, span.start + kind.length);
    // Only a keyword over several lines has to be read.
    const raw = written.toUpperCase() === kind ? written : instruction.keyword.raw;
    if (!/[A-Z]/.test(raw)) lowercase++;
  }
  return lowercase * 2 > others;
}

function asCompletion(
  info: InstructionInfo,
  { word }: Place,
  { lower, keywordOnly }: { readonly lower: boolean; readonly keywordOnly: boolean },
): Completion {
  const label = lower ? info.keyword.toLowerCase() : info.keyword;
  return {
    ...plain(label, word, {
      kind: 'keyword',
      insert: keywordOnly ? label : `${label} ${argumentSnippets[info.keyword]}`,
      detail: t(info.summary),
      markdown: () => instructionMarkdown(info),
    }),
    snippet: !keywordOnly,
    ...(!keywordOnly && completesArgument.has(info.keyword) && { triggersCompletion: true }),
  };
}
