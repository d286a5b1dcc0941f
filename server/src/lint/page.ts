/** Where the page of a rule can be opened. */
const shellcheck = 'shellcheck/';
const wiki = 'https://www.shellcheck.net/wiki/';

/** The address of a rule's page; undefined where the client cannot open one. */
export type PageAddress = (rule: string) => string | undefined;

/** ShellCheck's codes have a page in its wiki; the pages of our own rules ship with the extension. */
export function wikiPage(rule: string): string | undefined {
  return rule.startsWith(shellcheck) ? `${wiki}${rule.slice(shellcheck.length)}` : undefined;
}
