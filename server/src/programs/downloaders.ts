/** Programs that download what an address names. */
import { curlLike } from './curl.ts';
import { wgetLike } from './wget.ts';

export const downloaders = [...curlLike, ...wgetLike] as const;
