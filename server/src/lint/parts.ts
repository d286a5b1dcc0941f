/** What a rule may wait for in a file (`on`), as bits: a sum of them is a set of parts. */

/** An empty line inside a continued instruction. */
export const emptyContinuation = 1 << 0;
/** A keyword that is not in uppercase, `AS` included. */
export const otherCase = 1 << 1;
/** A name of a stage that is not made of lowercase words, or that is reserved; or a syntax error. */
export const oddName = 1 << 2;
/** More than one stage. */
export const severalStages = 1 << 3;
/** A variable in FROM that may not be declared before. */
export const fromVariable = 1 << 4;
/** A name in `--from` or `from=` that is not an earlier stage. */
export const otherReference = 1 << 5;
/** A base image that is not valid, or not known without build arguments; a base stage with an odd name; a FROM in ONBUILD. */
export const unknownImage = 1 << 6;
/** A base image without tag and digest. */
export const untagged = 1 << 7;
/** A base image with a tag that begins with a letter. */
export const wordTag = 1 << 8;
/** A base image with a tag that begins with a number without dots: `18`, `18-alpine`. */
export const majorTag = 1 << 9;
/** More than one CMD, ENTRYPOINT or HEALTHCHECK. */
export const repeatedStart = 1 << 10;
/** A CMD or ENTRYPOINT that is not an array. */
export const shellStart = 1 << 11;
/** An array with a character that is not common in words: a space, a quote or an operator of a shell. */
export const specialExec = 1 << 12;
/** A bracket at the start of arguments that are not an array. */
export const bracket = 1 << 13;
/** An ENV or LABEL without `=`. */
export const legacyPair = 1 << 14;
/** A target of COPY that does not begin with `/`. */
export const relativeTarget = 1 << 15;
/** A script that a shell would not accept as a whole. */
export const scriptError = 1 << 16;
/** A script whose last command runs in the background. */
export const background = 1 << 17;
/** Commands of a script that are separated by `;`, or in the lines of a heredoc. */
export const sequence = 1 << 18;
/** An ENV with several pairs. */
export const severalPairs = 1 << 19;
/** A source of COPY with a colon or a variable, which may be an address. */
export const address = 1 << 20;
/** A pipe, and not only `||`. */
export const pipe = 1 << 21;
/** A COPY or ADD of more than one source, heredocs included. */
export const severalSources = 1 << 22;
/** A source of COPY or ADD that is a whole directory without a name: `.`, `./`, `*`, `/`. */
export const wholeSource = 1 << 23;
/** More than one stage with a name. */
export const severalNames = 1 << 24;
/** A WORKDIR that does not begin with `/`. */
export const relativeWorkdir = 1 << 25;
/** An ENTRYPOINT that is not an array, or an array of more than two words, which may run a script. */
export const scriptEntrypoint = 1 << 26;
/** A stage without a name that is not the last one. */
export const unnamedStage = 1 << 27;
/**
 * Something that a container starts or offers: CMD, ENTRYPOINT, HEALTHCHECK, EXPOSE, or a base image that may start a
 * service, or is not known.
 */
export const start = 1 << 28;
