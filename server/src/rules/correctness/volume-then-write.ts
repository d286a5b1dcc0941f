/** Our own, from the Dockerfile reference: only BuildKit keeps changes to a volume. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Instruction, InstructionOf, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { resolvedPath } from '../../model/copied-files.ts';
import { firstFrom } from '../../text/sorted.ts';
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
    const volumes = model.each('VOLUME');
    const written = volumes.length === 0 ? undefined : writtenPaths(model);
    for (const volume of volumes) {
      if (volume.onbuild === true) continue;
      const stage = model.stageOf(volume);
      for (const word of volume.args) {
        const path = pathOf(model, word);
        const writers = stage && path && written?.get(stage)?.get(path);
        const writer = writers && writers[firstFrom(writers, volume.span.start + 1)];
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

type Written = ReadonlyMap<Stage, ReadonlyMap<string, readonly Instruction[]>>;

/** For each stage, the directories and files that its instructions change, with those instructions in order. */
function writtenPaths(model: Model): Written {
  const found = new Map<Stage, Map<string, Instruction[]>>();
  for (const stage of model.stages) {
    const byPath = new Map<string, Instruction[]>();
    found.set(stage, byPath);
    for (const instruction of stage.instructions) {
      for (const text of textsWritten(model, instruction)) addPath(byPath, text, instruction);
    }
  }
  return found;
}

/** Volumes are hardly ever deeper. */
const deepest = 30;

/** Adds a path and the directories that contain it. */
function addPath(byPath: Map<string, Instruction[]>, text: string, instruction: Instruction): void {
  let depth = 0;
  for (let end = text.indexOf('/', 1); depth < deepest; end = text.indexOf('/', end + 1)) {
    const path = end < 0 ? text : text.slice(0, end);
    const writers = byPath.get(path);
    if (writers === undefined) byPath.set(path, [instruction]);
    else if (writers.at(-1) !== instruction) writers.push(instruction);
    if (end < 0) return;
    depth++;
  }
}

/** Paths that an instruction copies to, or whose content its commands change; links and modes count as changes. */
function textsWritten(model: Model, instruction: Instruction): readonly string[] {
  if (instruction.kind === 'COPY' || instruction.kind === 'ADD') {
    const { target } = instruction;
    const text = target && expandWord(model, target)?.text;
    const to = text && resolvedPath(model, text, instruction);
    return to ? [to] : [];
  }
  return instruction.kind === 'RUN' ? textsChanged(model, instruction) : [];
}

const writers: ReadonlySet<string> = new Set(['mkdir', 'touch', 'chown', 'chmod', 'cp', 'mv', 'ln', 'install', 'tee']); // prettier-ignore

function textsChanged(model: Model, run: InstructionOf<'RUN'>): readonly string[] {
  const text = model.source.text.slice(run.span.start, run.span.end);
  if (!text.includes('/')) return [];
  return model.commandsIn(run, ...writers).flatMap(({ command }) => {
    const name = command.name?.text ?? '';
    const operands = name === 'cp' || name === 'ln' ? command.args.slice(-1) : command.args;
    return operands.map((operand) => operand.text).filter((operand) => operand.startsWith('/'));
  });
}
