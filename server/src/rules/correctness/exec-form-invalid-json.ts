/** tally invalid-json-form: an array that is not valid JSON is parsed as the shell form (BuildKit parser/line_parsers.go). */
import { rule, type Fix } from '../../lint/rule.ts';
import { bracket } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { isArrayLike } from '../../syntax/array-like.ts';
import { startsInDefaultShell } from '../../model/start-commands.ts';

const kinds = ['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK', 'VOLUME', 'COPY', 'ADD'] as const;
const item = /"([^"\\]*(?:\\.[^"\\]*)*)"|'([^']*)'|[^\s,"'[\]]+/g;

export default rule({
  summary: 'Use valid JSON for arrays: double quotes, commas, nothing after `]`',
  why: 'If an array is not valid JSON, Docker does not treat it as one. A command is run by a shell, which looks for a program named `[node,`; in `COPY`, `ADD` and `VOLUME`, the brackets become part of the paths. Common causes are single quotes, a trailing comma, text after the closing bracket and unescaped backslashes.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['exec-not-json'],
  also: {
    hadolint: ['DL3025'],
    buildkit: ['JSONArgsRecommended'],
    tally: ['tally/invalid-json-form'],
  },
  links: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
  on: {
    parts: bracket,
    instructions: ['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK', 'VOLUME', 'COPY', 'ADD'],
  },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        USER node
        CMD «['node', 'server.js']»
      `,
      good: dockerfile`
        FROM node:24-slim
        USER node
        CMD ["node", "server.js"]
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each(...kinds)) {
      const place = placeOf(instruction);
      if (place === undefined || model.source.text[place.start] !== '[') continue;
      const text = slice(model.source.text, place);
      if (!isArrayLike(text)) continue;
      const fix = asArray(model, place);
      report({
        at: { span: place },
        message: t('This is not valid JSON, so Docker does not treat it as an array'),
        ...(fix && { fix }),
        ...(!startsInDefaultShell(model, instruction) && { also: [] }),
      });
    }
  },
});

type ArrayInstruction = InstructionOf<(typeof kinds)[number]>;

/** The text after keyword and flags, if it was not parsed as an array. */
function placeOf(instruction: ArrayInstruction): Span | undefined {
  const { words } = instruction;
  const [first] = words;
  const last = words[words.length - 1];
  if (first === undefined || last === undefined || instruction.heredocs.length > 0)
    return undefined;
  const command = commandLineOf(instruction);
  if (command) return command.form === 'shell' ? command.span : undefined;
  const isArray = (instruction.kind === 'COPY' || instruction.kind === 'ADD') && instruction.json;
  return isArray ? undefined : span(first.span.start, last.span.end);
}

/** A JSON array of the items between the brackets; none if text follows the closing bracket. */
function asArray(model: Model, place: Span): Fix | undefined {
  const text = slice(model.source.text, place);
  if (!text.endsWith(']') || /[\r\n$]/.test(text)) return undefined;
  const inner = text.slice(1, -1);
  // With an unmatched quote, the intended items are ambiguous.
  if (/["']/.test(inner.replace(item, ''))) return undefined;
  const items = [...inner.matchAll(item)].map(
    ([whole, double, single]) => single ?? double?.replace(/\\(["\\])/g, '$1') ?? whole,
  );
  const json = `[${items.map((one) => JSON.stringify(one)).join(', ')}]`;
  return { title: t('Replace with `{0}`', json), edits: [replace(place, json)], safe: false };
}
