/** hadolint DL3062, except for `go run package@version` (#1134), files, directories and modules listed in `go.mod`. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { hasLockFile } from '../../model/lock-files.ts';
import { go as goProgram, goLike } from '../../programs/go.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Pin module versions in `go install` and `go get`',
  why: 'With `@latest` or without a version, Go uses the newest release on the day of the build. A pinned version is the one that was tested, and Go verifies it against the checksum database. Modules whose version is set in `go.mod` are not reported.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3062'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3062'],
  on: { commands: goLike },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26
        RUN go install «golang.org/x/vuln/cmd/govulncheck@latest»
      `,
      good: dockerfile`
        FROM golang:1.26
        RUN go install golang.org/x/vuln/cmd/govulncheck@v1.1.4
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run } of model.commands(...goLike)) {
      const invocation = invoke(command, goProgram);
      const subcommand = invocation?.subcommand?.text ?? '';
      const isRun = subcommand === 'run';
      if (!invocation || !(isRun || isVerb(invocation, goProgram.verbs.install))) continue;
      const modules = isRun ? invocation.operands.slice(0, 1) : invocation.operands;
      const unpinned = modules.find(isUnpinned);
      if (unpinned === undefined) continue;
      // `go get` installs the newest version of modules that `go.mod` does not list.
      if (subcommand !== 'get' && !unpinned.text.includes('@') && isInModule(model, run)) continue;
      report({
        at: unpinned,
        message: t('`{0}` is not pinned to a module version', unpinned.text),
      });
    }
  },
});

/** Whether a `go.mod` sets the version: copied or mounted by name, or with the whole build context. */
function isInModule(model: Model, run: Run): boolean {
  return hasLockFile(model, run, ['go.mod', 'go.work', '.', '']);
}

function isUnpinned({ text, variables, scripts }: ShellWord): boolean {
  if (variables.length > 0 || scripts.length > 0) return false;
  if (/^(?:\.|\/|-)/.test(text) || text.endsWith('.go') || reservedNames.has(text)) return false;
  const version = text.includes('@') ? text.slice(text.indexOf('@') + 1) : '';
  return version === '' || version === 'latest' || version === 'none';
}

/** Reserved names for packages of the current module and of Go itself, whose version is already set. */
const reservedNames: ReadonlySet<string> = new Set(['all', 'cmd', 'std', 'tool', 'work']);
