/**
 * ShellCheck reports this for every `sh` script (SC3001 and later). This rule reports it by the shell that `/bin/sh` is in
 * the image. What dash and the ash of BusyBox accept was tested with dash 0.5.12 and BusyBox 1.35.
 */
import { rule, type Fix, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { findBashisms, type Bashism } from '../../shell/analysis/bashisms.ts';
import { hasBashSyntax, bashSyntaxPositions } from '../../shell/analysis/bash-syntax.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';
import { systemShellAt } from '../../model/system-shell.ts';
import type { SystemShell } from '../../shell/dialect.ts';

export default rule({
  summary: 'Do not use bash syntax where `/bin/sh` is not bash',
  why: '`RUN` uses `/bin/sh`, which is dash on Debian and Ubuntu and BusyBox ash on Alpine, not bash. Some bash syntax makes the step fail with an obscure error, and some silently does something else: `mkdir {a,b}` creates one directory with braces in its name, `echo -e` prints the `-e`, and `[ a == b ]` is never true. Use POSIX syntax, or select bash with `SHELL`.\n\nBase images whose `/bin/sh` is not known are not checked.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: {
    hadolint: [
      'SC2039',
      'SC2112',
      'SC2113',
      'SC3001',
      'SC3003',
      'SC3005',
      'SC3006',
      'SC3009',
      'SC3010',
      'SC3011',
      'SC3014',
      'SC3020',
      'SC3024',
      'SC3029',
      'SC3030',
      'SC3036',
      'SC3037',
      'SC3039',
      'SC3040',
      'SC3044',
      'SC3046',
      'SC3051',
      'SC3053',
      'SC3054',
      'SC3057',
      'SC3059',
      'SC3060',
    ],
  },
  links: ['https://www.shellcheck.net/wiki/SC3010', 'https://mywiki.wooledge.org/Bashism'],
  on: { instructions: ['RUN'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -p /srv/«{data,logs}»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN mkdir -p /srv/data /srv/logs
      `,
    },
    {
      bad: dockerfile`
        FROM ubuntu:24.04
        RUN «source» /etc/os-release && echo "$VERSION_ID" > /version
      `,
      good: dockerfile`
        FROM ubuntu:24.04
        RUN . /etc/os-release && echo "$VERSION_ID" > /version
      `,
    },
  ],
  check({ model, report }) {
    const steps = model.each('RUN');
    const { text } = model.source;
    // First, since few files have any: the shell of a step takes longer to find.
    const positions = bashSyntaxPositions(text, model);
    if (positions.length === 0) return;
    for (const run of steps) {
      if (!hasBashSyntax(positions, run.span)) continue;
      const script = model.script(run);
      if (script?.dialect !== 'sh') continue;
      const sh = systemShellAt(model, run, programOf(model, run));
      if (sh === undefined || sh === 'bash') continue;
      for (const bashism of findBashisms(script, { text, positions, sh }))
        report(problem(model, run, bashism, sh));
    }
  },
});

/** The shell of the step; a heredoc with a shebang line is run by the program that the line names. */
function programOf(model: Model, run: Run): string {
  const [only] = run.heredocs;
  const shebang =
    only && /^#!\s*(\S+)/.exec(model.source.text.slice(only.body.start, only.body.end));
  return shebang?.[1] ?? model.shellAt(run)?.argv[0] ?? '';
}

function problem(model: Model, run: Run, bashism: Bashism, sh: SystemShell): Problem {
  const bashFix = sh === 'dash' && run.onbuild !== true ? addBashShell(model, run) : undefined;
  const posixFix: Fix | undefined = bashism.edits && {
    title: t('Replace with POSIX syntax'),
    edits: bashism.edits,
    safe: false,
  };
  const fix = posixFix ?? bashFix;
  const others = posixFix && bashFix ? [bashFix] : [];
  const name = sh === 'dash' ? 'dash' : 'BusyBox ash';
  return {
    at: { span: bashism.span },
    message: bashism.silent
      ? t('`{0}` behaves differently in `/bin/sh`, which is {1} here', bashism.what, name)
      : t('`{0}` requires bash, but `/bin/sh` is {1} here', bashism.what, name),
    also: bashism.codes,
    ...(fix && { fix }),
    ...(others.length > 0 && { others }),
  };
}

/** For Debian and Ubuntu, whose images contain bash. */
function addBashShell(model: Model, run: Run): Fix {
  return addLineAbove(model, run, 'SHELL ["/bin/bash", "-c"]');
}
