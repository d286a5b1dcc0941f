/** Pins an image to the digest that the engine knows. */
import type { Document } from '../../model/document.ts';
import { parseImage } from '../../images/image.ts';
import { insert } from '../../text/edit.ts';
import { contains, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import type { Images } from '../outside.ts';
import { instructionsAt, type Refactoring } from './refactoring.ts';

/** For the FROM at a place; empty if there is no engine, or if its image does not come from a registry. */
export async function pinImage(
  document: Document,
  place: Span,
  images: Images,
): Promise<readonly Refactoring[]> {
  const [only, second] = instructionsAt(document, place);
  if (only?.kind !== 'FROM' || second || !images.digest) return [];
  const word = only.image;
  if (!word || word.variables.length > 0 || word.raw !== word.text) return [];
  if (!contains(word.span, place.start)) return [];
  const base = document.model.stageOf(only)?.base;
  const parsedImage = parseImage(word.text);
  if (!parsedImage || parsedImage.digest !== undefined || base?.kind !== 'image') return [];
  const found = await images.digest(
    parsedImage.tag === undefined ? `${word.text}:latest` : word.text,
  );
  if (found === undefined || !/^sha256:[a-f0-9]{64}$/.test(found)) return [];
  const tag = parsedImage.tag === undefined ? ':latest' : '';
  const title = t('Pin to digest of local image');
  return [{ title, kind: 'refactor.rewrite', edits: [insert(word.span.end, `${tag}@${found}`)] }];
}
