/** One page of layers for each image in a window. */
import type { Editor } from '../ui/editor.ts';
import {
  openPage,
  type LayersPage,
  type LayersSubject,
  type SessionTools,
  type ShownInstruction,
} from './session.ts';

/** The open pages of a window, by image. */
const openPages = new WeakMap<Editor, Map<string, OpenPage>>();

interface OpenPage extends LayersPage {
  readonly openedAt: number;
}

/** A page that is still loading has the focus, and would lose it if it were shown again; in milliseconds. */
const loading = 2000;

/**
 * Opens the page, with the layer of an instruction if one is given; resolves when it is closed. Without an instruction, a page of
 * the image that is open already is shown again: Enter can follow a click so fast that both open it.
 */
export async function openLayers(
  tools: SessionTools,
  subject: LayersSubject,
  instruction?: ShownInstruction,
): Promise<void> {
  const pages = openPages.get(tools.editor) ?? new Map<string, OpenPage>();
  openPages.set(tools.editor, pages);
  const key = `${subject.id} ${subject.name}`;
  const shown = instruction === undefined ? pages.get(key) : undefined;
  const now = performance.now();
  if (shown !== undefined && now - shown.openedAt > loading) shown.reveal();
  const page = shown ?? { ...openPage(tools, subject, instruction), openedAt: now };
  pages.set(key, page);
  await page.closed;
  if (pages.get(key) === page) pages.delete(key);
}
