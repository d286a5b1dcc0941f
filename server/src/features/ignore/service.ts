/** What is needed only when an ignore file is open; a bundle that is loaded then. */
export { IgnoreComparison } from '../../ignore/ignore-matches.ts';
/** The bundle has its own copy of the translations. */
export { setTranslations } from '../../text/translation.ts';
export { AlternativeSearch } from './alternatives.ts';
export { pathPlace } from './completion.ts';
export { matchProblems, matchText } from './matches.ts';
export { textProblems } from './problems.ts';
