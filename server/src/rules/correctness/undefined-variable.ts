/** BuildKit UndefinedVar. The variables of most base images are unknown, so there only misspelled names are reported. */
import { SimilarNames } from '../../text/closest-match.ts';
import { rule, type Problem, type Report } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { variablesOf } from '../../shell/variables.ts';
import type { Instruction, InstructionOf, Run, Variable } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { parseImage } from '../../images/image.ts';
import { setsVariable } from '../../images/image-variables.ts';
import { rootImage, rootStage } from '../../model/lineage.ts';
import { proxyArguments } from '../../reference/variables.ts';
import { nameFinder } from '../../model/mentioned-names.ts';
import { isOnPlainSystem } from '../../model/plain-systems.ts';
import { t } from '../../text/translation.ts';
import { isRepeatedInside, variablesToExpand } from '../../model/expanded-variables.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Declare variables before using them',
  why: 'A variable that neither `ARG`, `ENV` nor the base image sets is empty, and the build continues without an error. An `ARG` before the first `FROM` is available in a stage only if the stage repeats it.\n\nIf the variables of the base image are unknown, only likely misspellings are reported.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['UndefinedVar'] },
  links: ['https://docs.docker.com/reference/build-checks/undefined-var/'],
  on: { signs: ['$'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ENV APP_HOME=/app
        WORKDIR \${«APP_HOEM»}
      `,
      good: dockerfile`
        FROM alpine:3.22
        ENV APP_HOME=/app
        WORKDIR \${APP_HOME}
      `,
    },
    {
      note: 'An `ARG` before the first `FROM` is not available in a stage unless the stage repeats it:',
      bad: dockerfile`
        ARG VERSION=1.2
        FROM alpine:3.22
        LABEL version=$«VERSION»
      `,
      good: dockerfile`
        ARG VERSION=1.2
        FROM alpine:3.22
        ARG VERSION
        LABEL version=$VERSION
      `,
    },
  ],
  check({ model, report }) {
    const [arg] = model.each('ARG');
    // An ARG in the only stage is available in all of its instructions.
    const isElsewhere = arg && (model.stages.length > 1 || model.stageOf(arg) === undefined);
    const declared = isElsewhere === true ? argumentNames(model) : noArguments;
    const uses: Use[] = [];
    let place: Place | undefined;
    let reported: Variable | undefined;
    for (const { instruction, variable } of variablesToExpand(model)) {
      // Nearly all variables are declared, so this is asked first.
      if (isDeclared(model, variable, instruction)) continue;
      if (instruction.onbuild === true || isRepeatedInside(reported, variable)) continue;
      // The build fails without it, which another rule reports.
      if (variable.operator?.endsWith('?') === true) continue;
      if (/^BUILDKIT_SBOM_SCAN_(?:CONTEXT|STAGE)$/.test(variable.name)) continue;
      const stage = model.stageOf(instruction);
      if (stage === undefined) continue;
      place ??= {
        model,
        globals: declared.globals,
        similar: new SimilarNames(),
        own: namesByInstruction(),
      };
      const problem = problemOf(place, { stage, instruction }, variable);
      // BuildKit does not check EXPOSE.
      if (problem) reported = variable;
      if (problem)
        uses.push(useOf(stage, variable.name, instruction.kind === 'EXPOSE' ? { ...problem, also: [] } : problem)); // prettier-ignore
    }
    if (declared.globals.size > 0 || declared.others.size > 0) {
      const mention = {
        globals: nameFinder(declared.globals),
        others: nameFinder(declared.others),
      };
      for (const run of model.each('RUN')) reportInScript({ model, declared, mention }, run, uses);
    }
    if (uses.length > 0) reportFirstAsWarning(uses, report);
  },
});

/** A problem with the stage and the name of the variable. */
interface Use {
  readonly key: string;
  readonly problem: Problem;
}

function useOf({ index }: Stage, name: string, problem: Problem): Use {
  return { key: `${String(index)} ${name}`, problem };
}

/** The second use of a variable in a stage has the same cause, which one warning states. */
function reportFirstAsWarning(uses: readonly Use[], report: Report): void {
  const seen = new Set<string>();
  const sorted = [...uses].sort((a, b) => a.problem.at.span.start - b.problem.at.span.start);
  for (const { key, problem } of sorted) {
    report(seen.has(key) ? { ...problem, severity: 'info' } : problem);
    seen.add(key);
  }
}

/** The names that ARGs declare. */
interface ArgumentNames {
  /** Before the first FROM. */
  readonly globals: ReadonlySet<string>;
  /** Not there, but in one of several stages. */
  readonly others: ReadonlySet<string>;
}

/** What is looked for in scripts. */
interface Arguments {
  readonly model: Model;
  readonly declared: ArgumentNames;
  readonly mention: Readonly<Record<keyof ArgumentNames, ReturnType<typeof nameFinder>>>;
}

const noArguments: ArgumentNames = { globals: new Set(), others: new Set() };

function argumentNames(model: Model): ArgumentNames {
  const globals = new Set<string>();
  const others = new Set<string>();
  const haveOthers = model.stages.length > 1;
  for (const arg of model.each('ARG')) {
    const isGlobal = model.stageOf(arg) === undefined;
    for (const { key } of arg.pairs) {
      if (isGlobal) globals.add(key.text);
      else if (haveOthers && !globals.has(key.text)) others.add(key.text);
    }
  }
  return { globals, others };
}

/**
 * Reports variables of a script that only an ARG before the first FROM or of another stage declares. The base image or
 * the shell may set other variables, but hardly one with the same name.
 */
function reportInScript(
  { model, declared: { globals, others }, mention }: Arguments,
  run: Run,
  uses: Use[],
): void {
  const whole = model.source.text;
  const text = whole.slice(run.span.start, run.span.end);
  const stage = text.includes('$') ? model.stageOf(run) : undefined;
  if (stage === undefined || run.onbuild === true) return;
  const isBare = others.size > 0 && isOnPlainSystem(stage);
  if (!(mention.globals(whole, run.span) || (isBare && mention.others(whole, run.span)))) return;
  const script = model.scriptOnce(run);
  if (script === undefined) return;
  if (script.dialect !== 'sh' && script.dialect !== 'bash') return;
  const { reads, writes } = variablesOf(script);
  const { variables } = model.stateAt(run);
  const written = new Set(writes.map(({ name }) => name));
  for (const { name, nameSpan, span } of reads) {
    const isGlobal = globals.has(name);
    if (!(isGlobal || (isBare && others.has(name)))) continue;
    if (written.has(name) || variables.has(name) || isSetByBase(stage, name)) continue;
    // `${A:-b}` and `${A+b}` expect that it is not set.
    if (/^\$\{\w+:?[-+=?]/.test(whole.slice(span.start, span.end))) continue;
    if (/(?:^|\s)(?:source|\.|eval)\s/.test(text)) continue;
    const problem: Problem = {
      at: { span: nameSpan },
      message: isGlobal
        ? onlyGlobal(name)
        : t('`{0}` is declared in another stage but not in this one', name),
      also: [],
      fix: addLineAbove(model, run, `ARG ${name}`),
    };
    uses.push(useOf(stage, name, problem));
    return;
  }
}

function onlyGlobal(name: string): string {
  return t('`{0}` is declared before the first `FROM` but not in this stage', name);
}

/** Whether the base image is known to set a variable: `python` sets `PYTHON_VERSION`. */
function isSetByBase(stage: Stage, name: string): boolean {
  // The tag may be a build argument without a default.
  const written = rootStage(stage).from.image?.text.replace(/:\$.*$/, '') ?? '';
  const image = rootImage(stage) ?? parseImage(written);
  return image !== undefined && setsVariable(image, name);
}

/** Whether it has a declaration. Predefined proxy arguments do not count: they are set only for commands of RUN. */
function isDeclared(model: Model, variable: Variable, instruction: Instruction): boolean {
  const binding = model.resolve(variable, instruction);
  return binding !== undefined && binding.from !== 'predefined';
}

/** Build arguments that are predefined, but not for other instructions than RUN. */
const proxyNames: ReadonlySet<string> = new Set(proxyArguments.map(({ name }) => name));

interface Place {
  readonly model: Model;
  /** Names that are declared before the first FROM. */
  readonly globals: ReadonlySet<string>;
  readonly similar: SimilarNames;
  readonly own: (env: InstructionOf<'ENV'>) => ReadonlySet<string>;
}

/** The names that an ENV sets. The variables of one instruction follow each other, so only the last answer is kept. */
function namesByInstruction(): Place['own'] {
  let last: { readonly env: Instruction; readonly names: ReadonlySet<string> } | undefined;
  return (env) => {
    if (last?.env !== env) last = { env, names: namesOf(env) };
    return last.names;
  };
}

function namesOf(instruction: Instruction): ReadonlySet<string> {
  const { pairs } = instruction as InstructionOf<'ARG' | 'ENV'>;
  return new Set(pairs.map(({ key }) => key.text));
}

function problemOf(
  place: Place,
  { stage, instruction }: { readonly stage: Stage; readonly instruction: Instruction },
  { name, nameSpan, operator }: Variable,
): Problem | undefined {
  const { model, globals, similar, own } = place;
  if (isSetByBase(stage, name)) return undefined;
  if (globals.has(name)) {
    return {
      at: { span: nameSpan },
      message: onlyGlobal(name),
      fix: addLineAbove(model, instruction, `ARG ${name}`),
    };
  }
  const isBare = isOnPlainSystem(stage);
  // A default shows that the variable may be unset, and it always is if nothing declares it.
  const hasDefault = /^:?[-+]$/.test(operator ?? '');
  // `X=$X:more` extends a variable that the base image may set.
  const selfReference =
    instruction.kind === 'ENV' && own(instruction as InstructionOf<'ENV'>).has(name);
  if (proxyNames.has(name) && operator === undefined && !selfReference)
    return {
      at: { span: nameSpan },
      message: t('`{0}` is predefined only for the commands of `RUN`, so it is empty here', name),
    };
  const known = (): readonly string[] => {
    const names = [...model.stateAt(instruction).variables.keys()];
    return isBare ? [...names, 'PATH'] : names;
  };
  const isCompared = !selfReference && !hasDefault;
  const suggestion = isCompared ? similar.closestTo(name, known) : undefined;
  if (suggestion !== undefined) {
    return {
      at: { span: nameSpan },
      message: t('`{0}` is not declared; did you mean `{1}`?', name, suggestion),
      fix: {
        title: t('Replace `{0}` with `{1}`', name, suggestion),
        edits: [replace(nameSpan, suggestion)],
        safe: false,
      },
    };
  }
  if (!isBare) return undefined;
  // `ARG A=${A:-b}` is the same as `ARG A=b`: a build argument replaces it.
  if (hasDefault && instruction.kind === 'ARG' && namesOf(instruction).has(name)) return undefined;
  return {
    at: { span: nameSpan },
    message: hasDefault
      ? t('`{0}` is not declared, so it is always unset', name)
      : t('`{0}` is not declared, so it is empty', name),
  };
}
