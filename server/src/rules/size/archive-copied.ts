/** hadolint DL3010. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { unpackers } from '../../programs/unpackers.ts';
import { nameOf } from '../../shell/commands.ts';
import { invoke, isNamed } from '../../programs/program.ts';
import { tar, tarLike } from '../../programs/tar.ts';
import type { Copy, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { fileName } from '../../text/path.ts';
import { isArchive } from '../../reference/archives.ts';

const commands = [...tarLike, ...unpackers];

export default rule({
  summary: 'Let ADD unpack archives',
  why: 'A copied archive stays in its layer, whatever a later step removes: it is paid for twice. `ADD` unpacks a local tar archive as it comes in, and leaves nothing of it behind.',
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
    const unpacking = model.commands(...commands).filter(unpacks);
    if (unpacking.length === 0) return;
    for (const instruction of model.each('COPY')) {
      if (instruction.flags.some(({ name }) => name.text === 'from')) continue;
      for (const [word, name] of archives(instruction)) {
        const unpacked = unpacking.find((at) => isLater(model, instruction, at) && names(at, name));
        if (unpacked === undefined) continue;
        report({
          at: word,
          message: t('`{0}` stays in this layer after it is unpacked', written(word)),
          related: [{ at: unpacked.command, message: t('It is unpacked here') }],
        });
        break;
      }
    }
  },
});

/** Each archive by the name that it has in the image; as written, since backslashes part folders on Windows. */
function archives({ sources, target }: Copy): readonly (readonly [Word, string])[] {
  const [first, ...more] = sources;
  // A name with a blank in quotes is several words to Docker, and the last of them is the target.
  const isOne = more.every(({ raw }) => /^["'][^"']*$/.test(raw));
  if (first && target && isOne && isArchive(written(target))) return [[first, written(target)]];
  return sources.flatMap((word) => (isArchive(word.text) ? [[word, written(word)]] : []));
}

function written({ raw }: Word): string {
  return fileName(raw.replaceAll(/["']/g, ''));
}

function unpacks({ command }: CommandAt): boolean {
  if (isNamed(nameOf(command), unpackers)) return true;
  return invoke(command, tar)?.has('-x', '--extract', '--get') === true;
}

function isLater(model: Model, copy: Copy, { run, stage }: CommandAt): boolean {
  return stage === model.stageOf(copy) && run.span.start > copy.span.start;
}

function names({ command }: CommandAt, name: string): boolean {
  return command.args.some(({ text }) => fileName(text) === name || text.endsWith(`=${name}`));
}
