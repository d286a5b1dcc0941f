/** Our own, from the Dockerfile reference: only BuildKit keeps changes to a volume. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction, InstructionOf, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { absolutePath } from '../../text/path.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';

export default rule({
  summary: 'Write to a directory before `VOLUME` declares it',
  why: 'The legacy builder, Buildah and Podman discard changes that later steps make in a directory declared with `VOLUME`; BuildKit keeps them. If `VOLUME` comes after the last step that writes to the directory, all builders give the same result.',
  severity: 'hint',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes'],
  on: { instructions: ['VOLUME'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        VOLUME «/data»
        RUN mkdir -p /data/cache
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN mkdir -p /data/cache
        VOLUME /data
      `,
    },
  ],
  check({ model, report }) {
    for (const volume of model.each('VOLUME')) {
      if (volume.onbuild === true) continue;
      const stage = model.stageOf(volume);
      const later = stage?.instructions.filter(({ span }) => span.start > volume.span.start) ?? [];
      if (later.length === 0) continue;
      for (const word of volume.args) {
        const path = pathOf(model, word);
        const writer = path && later.find((one) => writes(model, one, path));
        if (!writer) continue;
        report({
          at: word,
          message: t('Only BuildKit keeps what later steps write to `{0}`', path),
          related: [{ at: writer, message: t('Written here') }],
        });
      }
    }
  },
});

function pathOf(model: Model, word: Word): string | undefined {
  const path = expandWord(model, word)?.text.replace(/\/+$/, '') ?? '';
  return path.startsWith('/') ? path : undefined;
}

/** Whether it copies into the directory, or runs a command that changes it; links and modes count as changes. */
function writes(model: Model, instruction: Instruction, path: string): boolean {
  const isInside = (text: string): boolean => text === path || text.startsWith(`${path}/`);
  if (instruction.kind === 'COPY' || instruction.kind === 'ADD') {
    const { target } = instruction;
    const text = target && expandWord(model, target)?.text;
    const to = text && absolutePath(text, model.stateAt(instruction).workdir);
    return to !== undefined && isInside(to);
  }
  if (instruction.kind !== 'RUN') return false;
  return runWrites(model, instruction, isInside);
}

const writers: ReadonlySet<string> = new Set(['mkdir', 'touch', 'chown', 'chmod', 'cp', 'mv', 'ln', 'install', 'tee']); // prettier-ignore

function runWrites(
  model: Model,
  run: InstructionOf<'RUN'>,
  isInside: (text: string) => boolean,
): boolean {
  const text = model.tree.text.slice(run.span.start, run.span.end);
  if (!text.includes('/')) return false;
  for (const { command } of model.commandsIn(run, ...writers)) {
    const name = command.name?.text ?? '';
    const operands = name === 'cp' || name === 'ln' ? command.args.slice(-1) : command.args;
    if (operands.some(({ text: operand }) => isInside(operand))) return true;
  }
  return false;
}
