/** Programs that download from an address. */
import { curlLike } from './curl.ts';
import { wgetLike } from './wget.ts';

export const downloaders = [...curlLike, ...wgetLike] as const;
