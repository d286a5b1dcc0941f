/** Times that something took. Also for pages, which get the texts from the extension. */

export interface ElapsedTexts {
  /** `{0} s` */
  readonly seconds: string;
  /** `{0} min {1} s` */
  readonly minutes: string;
}

/** `0.3 s`, `14.6 s`, `2 min 5 s`, in the given texts. */
export function formatTime(milliseconds: number, { seconds, minutes }: ElapsedTexts): string {
  const tenths = Math.round(Math.max(0, milliseconds) / 100);
  if (tenths < 600) return seconds.replace('{0}', (tenths / 10).toFixed(1));
  const all = Math.floor(tenths / 10);
  return minutes.replace('{0}', String(Math.floor(all / 60))).replace('{1}', String(all % 60));
}
