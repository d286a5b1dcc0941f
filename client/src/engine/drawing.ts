/** How long lists are drawn: first the rows in sight, then the others, and other lists after them. */

/** As many rows as the highest screens show. VS Code needs a third of a second to draw a thousand. */
export const rowsInSight = 100;

/** With more, the rows in sight are drawn first. */
export const longList = 2 * rowsInSight;

/** Milliseconds from the answer until its rows are drawn; a change that comes before would be drawn with them. */
export const drawingTime = 100;
