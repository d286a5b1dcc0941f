/** Not in other linters: the small variants of official images contain neither curl nor wget. */
import { rule } from '../../lint/rule.ts';
import { lacksProgram } from '../../images/missing-programs.ts';
import { isFromScratch, lastIn, lineage, rootImage, StageSearch } from '../../model/lineage.ts';
import type { Model, Stage } from '../../model/model.ts';
import { commandsThatMayInstall } from '../../model/project-scripts.ts';
import { installOf } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Instruction, InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { onceFor } from '../../text/memoize.ts';
import { slice, type Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

const programs = ['curl', 'wget'] as const;

export default rule({
  summary: 'Install the programs that `HEALTHCHECK` runs',
  why: 'The check runs in the container. If the image does not contain `curl`, each check fails, and the container is `unhealthy` although the service responds. Slim variants contain neither `curl` nor `wget`; Alpine has a `wget`, but no `curl`. Use what the image has (`wget` on Alpine, or a line of the language of the service), or install the program in this stage.\n\nThe rule knows official images and those of .NET and distroless. It does not report files that copy programs or run scripts that may install them.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  on: { instructions: ['HEALTHCHECK'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-alpine
        HEALTHCHECK CMD «curl» -f http://localhost:3000/ || exit 1
        USER node
        CMD ["node", "server.js"]
      `,
      good: dockerfile`
        FROM node:24-alpine
        HEALTHCHECK CMD wget -qO /dev/null http://localhost:3000/ || exit 1
        USER node
        CMD ["node", "server.js"]
      `,
    },
  ],
  check({ model, report }) {
    const presence = new Presence(model);
    for (const stage of model.stages) {
      const check = lastIn(stage, 'HEALTHCHECK');
      if (check === undefined || model.stageOf(check) !== stage) continue;
      const program = programOf(model, check);
      if (program === undefined || !presence.isMissing(stage, program.name)) continue;
      report({
        at: program.at,
        message: t('The image does not contain `{0}`, so the check always fails', program.name),
      });
    }
  },
});

interface Program {
  readonly name: (typeof programs)[number];
  readonly at: Node;
}

/** The program that a check starts with, if it is one of those that are looked for. */
function programOf(model: Model, check: InstructionOf<'HEALTHCHECK'>): Program | undefined {
  const { command } = check;
  if (command === undefined) return undefined;
  if (command.form === 'exec') {
    const [first] = command.argv;
    const name = programs.find((one) => one === first?.text);
    return first && name && { name, at: first };
  }
  for (const statement of model.script(check)?.statements ?? []) {
    const first = statement.kind === 'chain' ? statement.parts[0] : statement;
    if (first?.kind !== 'command') return undefined;
    const name = programs.find((one) => one === nameOf(first));
    return name && first.name && { name, at: first.name };
  }
  return undefined;
}

/** What may bring a program into an image. Each stage is searched once, and all commands are. */
class Presence {
  readonly #model: Model;
  readonly #bringing: (name: Program['name']) => StageSearch;
  #installing: ReadonlySet<Stage | undefined> | undefined;

  constructor(model: Model) {
    this.#model = model;
    this.#bringing = onceFor((name) => {
      const mention = new RegExp(`\\b${name}`);
      const mentions = ({ span }: Instruction) => mention.test(slice(model.source.text, span));
      return new StageSearch((one) => bringsFiles(one) || (one.kind === 'RUN' && mentions(one)));
    });
  }
  isMissing(stage: Stage, name: Program['name']): boolean {
    const image = rootImage(stage);
    const isWithout = image === undefined ? isFromScratch(stage) : lacksProgram(image, name);
    if (!isWithout || this.#bringing(name).isIn(stage)) return false;
    const installing = (this.#installing ??= installingStages(this.#model));
    return !lineage(stage).some((one) => installing.has(one));
  }
}

/** The stages with commands that may install programs that the file does not name. */
function installingStages(model: Model): ReadonlySet<Stage | undefined> {
  const found = new Set(commandsThatMayInstall(model).map(({ stage }) => stage));
  for (const { command, stage } of model.commands(...systemManagers))
    if (mayInstallAny(command)) found.add(stage);
  return found;
}

/** Whether the packages are not all named in the file. */
function mayInstallAny(command: Parameters<typeof installOf>[0]): boolean {
  const found = installOf(command);
  if (found === undefined) return false;
  return found.packages.length === 0 || found.packages.some(({ word, from }) => !word.literal || from !== 'registry'); // prettier-ignore
}

/** Whether an instruction copies programs, or directories that may contain them, to where they are found. */
function bringsFiles(instruction: Instruction): boolean {
  if (instruction.kind !== 'COPY' && instruction.kind !== 'ADD') return false;
  const target = instruction.target?.text ?? '';
  return /^\/(?:(?:usr\/)?(?:local\/?)?(?:s?bin(?:\/.*)?)?)?$|^\/usr\/?$/.test(target);
}
