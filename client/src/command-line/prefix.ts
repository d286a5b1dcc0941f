/** What is before the program of a command: prompts, sudo, and variables. */

/** Options of sudo that take a value. */
const sudoValues =
  /^(?:-[CDghpRrTtUu]|--(?:chdir|chroot|close-from|group|host|prompt|role|type|user|other-user))$/;

/** The number of words before the program. */
export function prefixLength(words: readonly string[]): number {
  let at = 0;
  for (;;) {
    const word = words[at] ?? '';
    if (
      /^(?:[$>#%]|PS>|winpty|time|!|if|while|then|do|exec|command|env|nohup|[A-Za-z_]\w*=.*)$/s.test(
        word,
      )
    )
      at++;
    else if (/^(?:sudo|doas)$/.test(word)) at = afterSudo(words, at + 1);
    else return at;
  }
}

function afterSudo(words: readonly string[], start: number): number {
  let at = start;
  while (words[at]?.startsWith('-') === true) {
    const option = words[at++] ?? '';
    if (option === '--') break;
    if (sudoValues.test(option)) at++;
  }
  return at;
}
