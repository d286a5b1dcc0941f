import type { FormattingOptions } from './protocol.ts';
import { defaultOptions, type FormatOptions } from '../features/formatting/options.ts';
import type { Session } from './session.ts';

/** The editor's options for this document, which may come from `.editorconfig`, and our own setting. */
export async function formatOptions(
  session: Session,
  uri: string,
  { tabSize, insertSpaces, insertFinalNewline }: FormattingOptions,
): Promise<FormatOptions> {
  const { keywordCase, layout } = await session.checking(uri);
  return {
    ...defaultOptions,
    ...layout,
    tabSize,
    insertSpaces,
    keywordCase,
    finalNewline: insertFinalNewline ?? true,
  };
}
