/** All worn wording that `npm run check` refuses in English. */
import { oldForms } from './patterns/forms.mts';
import { nouns } from './patterns/nouns.mts';
import type { Pattern } from './patterns/pattern.mts';
import { places } from './patterns/places.mts';
import { verbs } from './patterns/verbs.mts';

export const patterns: readonly Pattern[] = [...places, ...oldForms, ...verbs, ...nouns];
