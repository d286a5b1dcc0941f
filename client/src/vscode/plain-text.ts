/** Notifications turn `[text](command:…)` into a link that runs the command, whoever wrote the text. */

/** The same text to the eye, with nothing in it that becomes a link: steps and errors hold strangers' words. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200B(');
}
