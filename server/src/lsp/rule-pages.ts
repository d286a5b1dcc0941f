/** The address that opens the page of a rule in the client. */
import { explainRule, type InitializationOptions } from '../../../contract/protocol.ts';
import { wikiPage, type PageAddress } from '../lint/page.ts';

/**
 * It is the file that ships with the server. VS Code does not run commands from the code of a problem in a hover, so a
 * command is used only if the server does not know its directory, as in a browser, and the client has the command.
 *
 * @param folder URI of the directory with the English pages, with a slash at its end
 */
export function rulePages(
  { explains, locale }: InitializationOptions,
  folder: string | undefined,
): PageAddress {
  if (folder === undefined)
    return (rule) =>
      wikiPage(rule) ??
      (explains
        ? `command:${explainRule}?${encodeURIComponent(JSON.stringify([rule]))}`
        : undefined);
  const translated = locale?.toLowerCase() === 'zh-cn' ? `${folder}zh-cn/` : folder;
  return (rule) => wikiPage(rule) ?? `${translated}${rule}.md`;
}
