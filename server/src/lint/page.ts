const shellcheck = 'shellcheck/';
const wiki = 'https://www.shellcheck.net/wiki/';
const pages = 'https://github.com/drydock/drydock/blob/main/docs/rules/';

/** Where the page of a rule is read. */
export function pageUrl(id: string): string {
  if (id.startsWith(shellcheck)) return `${wiki}${id.slice(shellcheck.length)}`;
  return `${pages}${id}.md`;
}
