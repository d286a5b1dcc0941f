/** Build steps as the history of an image records them: an instruction with additions of the builder. */

/** An instruction as in a Dockerfile. */
export interface RecordedInstruction {
  /** In uppercase; empty if the step is not an instruction. */
  readonly keyword: string;
  /** The rest, on one line. */
  readonly text: string;
}

/** The instruction of a step, without what builders add; if nothing was recorded, the comment of the step. */
export function recordedInstruction(createdBy: string, comment: string): RecordedInstruction {
  const whole = createdBy.replace(/\s*# buildkit\s*$/, '').trim();
  if (whole === '') return { keyword: '', text: oneLine(comment) };
  const marker = whole.indexOf('#(nop)');
  const plain = marker >= 0 ? whole.slice(marker + '#(nop)'.length).trim() : whole;
  const [, keyword = '', rest = ''] = /^([A-Za-z]+)\s+([^]*)$/.exec(plain) ?? [];
  const isKnown = keywords.has(keyword);
  if (isKnown && keyword !== 'RUN') return { keyword, text: oneLine(rest) };
  return { keyword: 'RUN', text: oneLine(withoutShell(withoutArguments(isKnown ? rest : plain))) };
}

const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** The values of ARG are before the command: `|2 A=1 B=2 /bin/sh -c make`. They may contain spaces. */
function withoutArguments(text: string): string {
  if (!/^\|\d+ /.test(text)) return text;
  const shell = / (?:\/\S*\/)?\S*sh (?:-\S+ |pipefail )*-\S*c /.exec(text);
  if (shell !== null) return text.slice(shell.index + 1);
  return text.replace(/^\|\d+ (?:\w+=(?:"[^"]*"|\S*) )*/, '');
}

/** The command without the shell that runs it. */
export function withoutShell(text: string): string {
  return text.replace(/^(?:\/\S*\/)?\S*sh (?:-\S+ |pipefail )*-\S*c /, '');
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
