/** tally invalid-json-form: what looks like an array and is none is handed to a shell (BuildKit parser/line_parsers.go). */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { commandLineOf } from '../../syntax/node.ts';
import type { Of } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { isArrayLike } from '../../syntax/array-like.ts';
import { isPlainStart } from '../../model/start-commands.ts';

const kinds = ['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK', 'VOLUME', 'COPY', 'ADD'] as const;
const item = /"((?:[^"\\]|\\.)*)"|'([^']*)'|[^\s,"'[\]]+/g;

export default rule({
  summary: 'Write arrays as JSON: double quotes, commas between, nothing behind',
  why: 'What is not quite JSON is no array for Docker: the whole text, brackets and all, is handed to a shell, which looks for a program called `[node,`. Single quotes, a comma too many, a word behind the bracket and single backslashes are the usual reasons.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: {
    hadolint: ['DL3025'],
    buildkit: ['JSONArgsRecommended'],
    tally: ['tally/invalid-json-form'],
  },
  links: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
  on: { instructions: ['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK', 'VOLUME', 'COPY', 'ADD'] },
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
      if (place === undefined || model.tree.text[place.start] !== '[') continue;
      const text = slice(model.tree.text, place);
      if (!isArrayLike(text)) continue;
      const fix = asArray(model, place);
      report({
        at: { span: place },
        message: t('This is not quite JSON, so that it is no array'),
        ...(fix && { fix }),
        ...(!isPlainStart(model, instruction) && { also: [] }),
      });
    }
  },
});

type Listed = Of<(typeof kinds)[number]>;

/** What stands behind keyword and flags, where it was not read as an array. */
function placeOf(instruction: Listed): Span | undefined {
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

/** Of the texts between the brackets; not where something stands behind them. */
function asArray(model: Model, place: Span): Fix | undefined {
  const text = slice(model.tree.text, place);
  if (!text.endsWith(']') || /[\r\n$]/.test(text)) return undefined;
  const inner = text.slice(1, -1);
  // A quote that is left over stands where nobody can tell what was meant.
  if (/["']/.test(inner.replace(item, ''))) return undefined;
  const items = [...inner.matchAll(item)].map(
    ([whole, double, single]) => single ?? double?.replace(/\\(["\\])/g, '$1') ?? whole,
  );
  const json = `[${items.map((one) => JSON.stringify(one)).join(', ')}]`;
  return { title: t('Write {0}', json), edits: [replace(place, json)], safe: false };
}
