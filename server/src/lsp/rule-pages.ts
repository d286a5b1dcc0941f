/** The address that opens the page of a rule in the client. */
import { explainRule, type InitializationOptions } from '../../../contract/protocol.ts';
import { wikiPage, type PageAddress } from '../lint/page.ts';

/**
 * VS Code opens pages with a command of the extension. Other editors get the address of the file that ships with the
 * server. If the server does not know its directory, as in a browser, rules have no address.
 *
 * @param folder URI of the directory with the English pages, with a slash at its end
 */
export function rulePages(
  { explains, locale }: InitializationOptions,
  folder: string | undefined,
): PageAddress {
  const addressOf = (rule: string): string | undefined => {
    if (explains) return `command:${explainRule}?${encodeURIComponent(JSON.stringify([rule]))}`;
    if (folder === undefined) return undefined;
    return `${folder}${locale?.toLowerCase() === 'zh-cn' ? 'zh-cn/' : ''}${rule}.md`;
  };
  return (rule) => wikiPage(rule) ?? addressOf(rule);
}
