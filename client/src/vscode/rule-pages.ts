/** The pages of the lint rules, which ship with the extension and open in VS Code's Markdown preview. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { explainRule } from '../../../contract/protocol.ts';

/** Files in which rules are configured, by rule id. */
const configurationFiles: vscode.DocumentSelector = [
  { language: 'jsonc', pattern: '**/settings.json' },
  { language: 'jsonc', pattern: '**/*.code-workspace' },
  { pattern: '**/.drydock.json' },
];

/**
 * Registers the command that opens the page of a rule, or the list of all rules if it is called without one, and a
 * hover for rule ids in settings and configuration files.
 */
export function registerRulePages(extension: vscode.Uri): readonly vscode.Disposable[] {
  const pages = new RulePages(vscode.Uri.joinPath(extension, 'docs/rules'));
  return [
    vscode.commands.registerCommand(explainRule, (rule: unknown) => pages.open(rule)),
    vscode.languages.registerHoverProvider(configurationFiles, {
      provideHover: (document, position) => pages.hover(document, position),
    }),
  ];
}

class RulePages {
  readonly #folder: vscode.Uri;

  constructor(folder: vscode.Uri) {
    const language = vscode.env.language.toLowerCase();
    this.#folder = language === 'zh-cn' ? vscode.Uri.joinPath(folder, language) : folder;
  }

  async open(rule: unknown): Promise<void> {
    const page = typeof rule === 'string' ? await this.#pageOf(rule) : this.#list;
    if (page === undefined) {
      await vscode.window.showErrorMessage(t('Unknown rule {0}', String(rule)));
      return;
    }
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }

  async hover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position, /"[a-z0-9-]+"(?=\s*:)/);
    if (range === undefined) return undefined;
    const rule = document.getText(range).slice(1, -1);
    if ((await this.#pageOf(rule)) === undefined) return undefined;
    const link = `command:${explainRule}?${encodeURIComponent(JSON.stringify([rule]))}`;
    const markdown = new vscode.MarkdownString(`[${t('Explain This Rule: {0}', rule)}](${link})`);
    markdown.isTrusted = { enabledCommands: [explainRule] };
    return new vscode.Hover(markdown, range);
  }

  get #list(): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, 'README.md');
  }

  /** Undefined if there is no rule with this id. Ids come from files, so only valid ids may become part of a path. */
  async #pageOf(rule: string): Promise<vscode.Uri | undefined> {
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(rule)) return undefined;
    const page = vscode.Uri.joinPath(this.#folder, `${rule}.md`);
    const exists = await vscode.workspace.fs.stat(page).then(
      () => true,
      () => false,
    );
    return exists ? page : undefined;
  }
}
