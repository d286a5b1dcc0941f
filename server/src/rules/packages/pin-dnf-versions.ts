/** hadolint DL3033 (yum) and DL3041 (dnf, microdnf). */
import { rule, type Problem } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { dnf, dnfLike } from '../../programs/dnf.ts';
import type { Package } from '../../programs/install.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

export default rule({
  summary: 'Pin package versions in `yum install` and `dnf install`',
  why: 'Without a version, the newest package in the repositories is installed, so two builds of the same file can differ. RHEL repositories keep old versions, so a pinned version can still be installed later.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3033', 'DL3041'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3041'],
  on: { commands: dnfLike },
  examples: [
    {
      bad: dockerfile`
        FROM almalinux:10
        RUN dnf install -y «httpd» && dnf clean all
      `,
      good: dockerfile`
        FROM almalinux:10
        RUN dnf install -y httpd-2.4.63 && dnf clean all
      `,
    },
  ],
  check({ model, report }) {
    // Report once per program and stage: authors who pin versions pin all of them.
    const reported = new Set<string>();
    const isFirst = ({ stage }: CommandAt, program: string): boolean =>
      !reported.has(keyOf(stage, program));
    for (const { stage, program, problem } of unpinnedInstalls(model, isFirst)) {
      reported.add(keyOf(stage, program));
      report(problem);
    }
  },
});

function keyOf(stage: Stage | undefined, program: string): string {
  return `${String(stage?.index)} ${String(codesOf(program))}`;
}

interface UnpinnedInstall extends CommandAt {
  readonly program: string;
  readonly problem: Problem;
}

/** Those that are to be reported; whether one is unpinned takes longer to find. */
function* unpinnedInstalls(
  model: Model,
  isReported: (at: CommandAt, program: string) => boolean,
): Iterable<UnpinnedInstall> {
  for (const found of installsOf(model, 'dnf', dnfLike)) {
    const { packages, invocation } = found.install;
    const { name: program, subcommand } = invocation;
    if (/^(?:group|local)install$/.test(subcommand?.text ?? '')) continue;
    if (!isReported(found, program)) continue;
    const problem = unpinnedProblem(packages, (one) => isUnpinned(model, found, one));
    if (problem) yield { ...found, program, problem: { ...problem, also: codesOf(program) } };
  }
  for (const at of model.commands(...dnfLike)) {
    const module = invoke(at.command, dnf);
    const [verb, ...streams] = module?.operands ?? [];
    if (module?.subcommand?.text !== 'module' || verb?.text !== 'install') continue;
    const program = module.name;
    if (!isReported(at, program)) continue;
    const loose = streams.find(({ text, literal }) => literal && !/[:/]/.test(text));
    if (loose === undefined) continue;
    const problem = { at: loose, message: t('Module `{0}` is not pinned to a stream', loose.text) };
    yield { ...at, program, problem: { ...problem, also: codesOf(program) } };
  }
}

function codesOf(program: string): readonly string[] {
  if (program === 'yum') return ['DL3033'];
  return /^(?:micro)?dnf$/.test(program) ? ['DL3041'] : [];
}

/** Whether a package is not pinned. A variable may contain its version if the file or the script sets it. */
function isUnpinned(model: Model, { run, ancestors }: CommandAt, one: Package): boolean {
  if (one.version !== undefined || one.from !== 'registry' || one.name.startsWith('@'))
    return false;
  if (!hasExpansion(one)) return true;
  if (one.word.scripts.length > 0 || !one.name.includes('-$')) return false;
  const { variables } = model.stateAt(run);
  const text = model.source.text.slice(run.span.start, ancestors.at(-1)?.span.end ?? run.span.end);
  return one.word.variables.every(
    ({ name }) => !variables.has(name) && !text.includes(`${name}=`) && !/^\W|^\d/.test(name),
  );
}
