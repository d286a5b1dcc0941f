/** Distinguishes double-clicks from clicks: VS Code reports each click on a row, and a double-click as two clicks. */

/** The longest time between the clicks of a double-click, in milliseconds: the default of Windows. */
const longest = 500;

/** Returns whether a click on the row is the second of a double-click; `now` is in milliseconds. */
export function doubleClicks(): (row: unknown, now: number) => boolean {
  let last: { readonly row: unknown; readonly at: number } | undefined;
  return (row, now) => {
    const isSecond = last !== undefined && last.row === row && now - last.at <= longest;
    last = isSecond ? undefined : { row, at: now };
    return isSecond;
  };
}
