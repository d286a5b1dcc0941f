/** hadolint DL3010. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { unpackers } from '../../programs/unpackers.ts';
import { nameOf } from '../../shell/commands.ts';
import { invoke, isNamed } from '../../programs/program.ts';
import { tar, tarLike } from '../../programs/tar.ts';
import type { Copy, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { fileName } from '../../text/path.ts';
import { isArchive } from '../../reference/archives.ts';

const commands = [...tarLike, ...unpackers];

export default rule({
  summary: 'Use `ADD` to extract local archives',
  why: 'A copied archive stays in its layer even if a later step removes it, so the image stores the data twice. `ADD` extracts a local tar archive while copying it, and does not store the archive itself.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3010'] },
  links: ['https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives'],
  on: { commands },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        COPY «app.tar.gz» /opt/
        RUN tar -xzf /opt/app.tar.gz -C /opt
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        ADD app.tar.gz /opt/
      `,
    },
  ],
  check({ model, report }) {
    let extractions: ReturnType<typeof extractionsByName> | undefined;
    for (const instruction of model.each('COPY')) {
      if (instruction.flags.some(({ name }) => name.text === 'from')) continue;
      for (const [word, name] of archiveNames(instruction)) {
        extractions ??= extractionsByName(model);
        const later = extractions.get(placeOf(model.stageOf(instruction), name));
        const extraction = later?.[firstFrom(later, instruction.span.start)];
        if (extraction === undefined) continue;
        report({
          at: word,
          message: t('`{0}` stays in this layer after it is extracted', nameAsWritten(word)),
          related: [{ at: extraction.command, message: t('Extracted here') }],
        });
        break;
      }
    }
  },
});

/** Each archive with its name in the image. Names are taken as written, because a backslash separates directories on Windows. */
function archiveNames({ sources, target }: Copy): readonly (readonly [Word, string])[] {
  const [first, ...more] = sources;
  // Docker reads a quoted name with a space as several words, and the last of them as the target.
  const isOne = more.every(({ raw }) => /^["'][^"']*$/.test(raw));
  if (first && target && isOne && isArchive(nameAsWritten(target)))
    return [[first, nameAsWritten(target)]];
  return sources.flatMap((word) => (isArchive(word.text) ? [[word, nameAsWritten(word)]] : []));
}

function nameAsWritten({ raw }: Word): string {
  return fileName(raw.replaceAll(/["']/g, ''));
}

function extracts({ command }: CommandAt): boolean {
  if (isNamed(nameOf(command), unpackers)) return true;
  return invoke(command, tar)?.has('-x', '--extract', '--get') === true;
}

interface Extraction extends Node {
  readonly command: CommandAt['command'];
}

/** The commands that extract archives, by stage and file name; each list is sorted by the steps. */
function extractionsByName(model: Model): ReadonlyMap<string, readonly Extraction[]> {
  const byName = new Map<string, Extraction[]>();
  for (const { command, run, stage } of model.commands(...commands).filter(extracts)) {
    const extraction = { span: run.span, command };
    const names = new Set(command.args.flatMap(({ text }) => [fileName(text), valueOf(text)]));
    for (const name of names) {
      const place = placeOf(stage, name);
      const list = byName.get(place);
      if (list) list.push(extraction);
      else byName.set(place, [extraction]);
    }
  }
  return byName;
}

function placeOf(stage: Stage | undefined, name: string): string {
  return `${String(stage?.index)}/${name}`;
}

/** `a.tar` of `--file=a.tar`. */
function valueOf(argument: string): string {
  return argument.slice(argument.indexOf('=') + 1);
}
