/** Our own: characters that input methods, web pages and word processors put in place of ASCII, where they break a build. */
import { rule, type Report } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Command, ShellWord, Statement } from '../../shell/script.ts';
import { commandLineOf } from '../../syntax/instruction-node.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { hasMisprint, misprints } from '../../text/misprints.ts';
import { misprintTroubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use ASCII punctuation instead of full-width or typographic characters',
  why: 'Full-width colons, typographic quotes, long dashes and non-breaking spaces look similar to ASCII characters but are not the same. An image is then not found, a flag is read as a file name, or a JSON array is not recognized. Such characters come from input methods and from text copied from web pages and chats.\n\nThe fix is unsafe where it turns a `CMD`, `ENTRYPOINT` or `HEALTHCHECK` that Docker runs in a shell into the exec form.',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',
  on: { beyondAscii: true },
  examples: [
    {
      bad: dockerfile`
        FROM debian«：»trixie-slim
        RUN useradd «–»system app
        USER app
        EXPOSE 80«／»tcp
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN useradd --system app
        USER app
        EXPOSE 80/tcp
      `,
    },
  ],
  check({ model, report }) {
    if (!hasMisprint(model.tree.text)) return;
    const seen: Span[] = [];
    const refused = misprintTroubles(model).map(({ span }) => span);
    for (const instruction of model.each()) {
      if (!hasMisprint(slice(model.tree.text, instruction.span))) continue;
      for (const place of placesIn(instruction, model)) {
        seen.push(place);
        checkPlace(model, place, report, {
          refused: isRefused(instruction, place, refused),
          toExecForm: changesForm(instruction, place),
        });
      }
    }
    for (const span of refused) {
      if (!seen.some((place) => overlap(place, span)))
        checkPlace(model, span, report, { refused: true, toExecForm: false });
    }
  },
});

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Whether it fails the build: BuildKit rejects the file, or the instruction has an invalid value. */
function isRefused(instruction: Instruction, place: Span, refused: readonly Span[]): boolean {
  const { kind, words } = instruction;
  const isWord = words.some(({ span }) => span.start === place.start);
  const strict = kind === 'FROM' || kind === 'EXPOSE' || kind === 'STOPSIGNAL';
  return (strict && isWord) || refused.some((span) => overlap(place, span));
}

/** Whether the instruction has the exec form after the fix; in a step, the build fails without it. */
function changesForm(instruction: Instruction, place: Span): boolean {
  const { kind } = instruction;
  if (kind !== 'CMD' && kind !== 'ENTRYPOINT' && kind !== 'HEALTHCHECK') return false;
  const command = commandLineOf(instruction);
  return command?.form === 'shell' && place === command.span;
}

/** The places that Docker or a program interprets, as opposed to text for people. */
function placesIn(instruction: Instruction, model: Model): readonly Span[] {
  const { keyword, flags, words, kind } = instruction;
  const head = [keyword, ...flags].map(({ span }) => span);
  switch (kind) {
    case 'FROM':
    case 'EXPOSE':
    case 'USER':
    case 'STOPSIGNAL':
    case 'SHELL':
    case 'unknown':
      return [...head, ...words.map(({ span }) => span)];
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
      return [...head, ...commandPlaces(instruction, model)];
    case 'COPY':
    case 'ADD':
      return [...head, ...words.filter(isOption).map(({ span }) => span)];
    default:
      return head;
  }
}

/** Names and options of commands; for a list intended as JSON, the whole list. */
function commandPlaces(instruction: Instruction, model: Model): readonly Span[] {
  const command = commandLineOf(instruction);
  if (command?.form !== 'shell') return [];
  const text = slice(model.tree.text, command.span);
  if (/^\s*[[\uff3b\u3010][^]*[\]\uff3d\u3011]\s*$/.test(text)) return [command.span];
  return (model.script(instruction)?.statements ?? []).flatMap(plainCommands).flatMap(wordsOf);
}

function plainCommands(statement: Statement): readonly Command[] {
  if (statement.kind === 'command') return [statement];
  return statement.kind === 'block' ? [] : statement.parts.flatMap(plainCommands);
}

function wordsOf({ name, args }: Command): readonly Span[] {
  const printsText = name === undefined || /^(?:echo|printf)$/.test(name.text);
  const matters = ({ raw }: ShellWord): boolean =>
    isOption({ raw }) ||
    (!printsText && (/^[\u201c\u201d]/.test(raw) || /^[^"']*[\u00a0\u3000]/.test(raw)));
  return [...(name ? [name.span] : []), ...args.filter(matters).map(({ span }) => span)];
}

/** Whether it was typed as an option: a dash of any length before a letter. */
function isOption({ raw }: { readonly raw: string }): boolean {
  return /^[\u2010-\u2015\u2212]+[A-Za-z]/.test(raw);
}

/** Reports one problem per word, from its first such character to the last. */
function checkPlace(
  model: Model,
  place: Span,
  report: Report,
  { refused, toExecForm }: { readonly refused: boolean; readonly toExecForm: boolean },
): void {
  const text = slice(model.tree.text, place);
  for (const part of text.matchAll(/[^ \t\r\n,]+/g)) {
    const found = misprints(part[0]);
    const [first] = found;
    const last = found.at(-1);
    if (first === undefined || last === undefined) continue;
    const base = place.start + part.index;
    const replacement = [...new Set(found.map((it) => it.replacement))].join(' ');
    report({
      at: { span: { start: base + first.at, end: base + last.at + 1 } },
      ...(refused && { refused }),
      message: messageOf([...new Set(found.map((it) => it.character))].join(' '), replacement),
      fix: {
        title: toExecForm ? t('Replace and use the exec form') : titleOf(replacement),
        ...(toExecForm && { safe: false }),
        edits: found.map(({ at, replacement: text }) =>
          replace({ start: base + at, end: base + at + 1 }, text),
        ),
      },
    });
  }
}

/** Whitespace is described, because it cannot be seen in a message. */
function messageOf(characters: string, replacement: string): string {
  if (replacement === '') return t('Invisible character that is not ASCII');
  if (replacement.trim() === '') return t('This space is not an ASCII space');
  return t('`{0}` is not ASCII; use `{1}`', characters, replacement);
}

function titleOf(replacement: string): string {
  if (replacement === '') return t('Remove invisible character');
  if (replacement.trim() === '') return t('Replace with an ASCII space');
  return t('Replace with `{0}`', replacement);
}
