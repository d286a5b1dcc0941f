/** Notifications turn `[text](command:…)` into a link that runs the command, even in untrusted text. */

/** Looks the same but contains no links: build steps and errors may contain untrusted text. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200B(');
}
