/** hadolint DL3062; `go run package@version` is fine (#1134), and so are files, folders and what `go.mod` has a version of. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { hasLockFile } from '../../model/lock-files.ts';
import { go as goProgram, goLike } from '../../programs/go.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Name the version of Go modules',
  why: '`@latest`, or nothing, is whatever release there is on the day of the build. A version installs what was tested, and the checksum database vouches for it.',
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
      const called = invoke(command, goProgram);
      const subcommand = called?.subcommand?.text ?? '';
      const isRun = subcommand === 'run';
      if (!called || !(isRun || isVerb(called, goProgram.verbs.install))) continue;
      const named = isRun ? called.operands.slice(0, 1) : called.operands;
      const loose = named.find(isLoose);
      if (loose === undefined) continue;
      // `go get` takes the newest of what is not in it yet.
      if (subcommand !== 'get' && !loose.text.includes('@') && isInModule(model, run)) continue;
      report({ at: loose, message: t('`{0}` names no version of its module', loose.text) });
    }
  },
});

/** Whether a `go.mod` is there to say which version: by its name, or with the whole build context. */
function isInModule(model: Model, run: Run): boolean {
  return hasLockFile(model, run, ['go.mod', 'go.work', '.', '']);
}

function isLoose({ text, variables, scripts }: ShellWord): boolean {
  if (variables.length > 0 || scripts.length > 0) return false;
  if (/^(?:\.|\/|-)/.test(text) || text.endsWith('.go') || ofModule.has(text)) return false;
  const version = text.includes('@') ? text.slice(text.indexOf('@') + 1) : '';
  return version === '' || version === 'latest' || version === 'none';
}

/** What Go calls parts of the module at hand and of itself: these have their version already. */
const ofModule: ReadonlySet<string> = new Set(['all', 'cmd', 'std', 'tool', 'work']);
