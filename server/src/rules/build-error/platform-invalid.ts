/** BuildKit dockerfile2llb/convert.go: "failed to parse platform", "empty platform value from expression". */
import { t } from '@vscode/l10n';
import { nearest } from '../../lint/nearest.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import { platformArguments } from '../../reference/variables.ts';
import type { Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';

/** What containerd's platforms package knows when only one word is given. */
const known =
  /^(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|macos|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos|386|amd64|x86_64|x86-64|i386|arm|armhf|armel|arm64|aarch64|loong64|mips|mipsle|mips64|mips64le|ppc|ppc64|ppc64le|riscv64|s390x|wasm)$/i;

export default rule({
  summary: 'Give `--platform` as `os/arch` or `os/arch/variant`',
  why: 'Docker refuses a platform that it can not read, and one that is empty because its variable does not exist.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['UndefinedArgInFrom'] },
  links: ['https://docs.docker.com/build/building/multi-platform/'],
  examples: [
    {
      bad: dockerfile`
        FROM --platform=«$BULIDPLATFORM» alpine:3.22
      `,
      good: dockerfile`
        FROM --platform=$BUILDPLATFORM alpine:3.22
      `,
    },
  ],
  *check({ model }) {
    for (const { flags } of model.each('FROM')) {
      for (const { name, value } of flags) {
        if (name.text !== 'platform' || value === undefined || value.text === '') continue;
        const [variable] = value.variables;
        const problem = variable ? emptyPlatform(model, value, variable) : wrongPlatform(value);
        if (problem) yield problem;
      }
    }
  },
});

function wrongPlatform(value: Word): Problem | undefined {
  const parts = value.text.split('/');
  const fits = parts.length <= 3 && parts.every((part) => /^[A-Za-z0-9_.()-]+$/.test(part));
  if (fits && (parts.length > 1 || known.test(value.text))) return undefined;
  return { at: value, message: t('`{0}` is no platform', value.text), also: [] };
}

/** Where nothing but a variable stands, and nobody sets it. */
function emptyPlatform(model: Model, value: Word, variable: Variable): Problem | undefined {
  const { name, nameSpan } = variable;
  if (!/^\$\{?\w+\}?$/.test(value.text) || model.resolve(variable) !== undefined) return undefined;
  const meant = nearest(
    name,
    platformArguments.map((it) => it.name),
  );
  if (meant === undefined) {
    return { at: value, message: t('`{0}` is not declared, so the platform is empty', name) };
  }
  return {
    at: value,
    message: t('`{0}` is not declared; did you mean `{1}`?', name, meant),
    fix: { title: t('Write {0}', meant), edits: [replace(nameSpan, meant)], safe: false },
  };
}
