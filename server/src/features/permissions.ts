/** `755` and `4755` in the notation of `ls`; undefined if it is not an octal mode. */
export function permissions(octal: string): string | undefined {
  const [, special = '0', digits] = /^0?([0-7])?([0-7]{3})$/.exec(octal) ?? [];
  if (digits === undefined) return undefined;
  const bits = Number(special);
  return Array.from(digits)
    .map((digit, index) => {
      const mode = Number(digit);
      const isSpecial = (bits & (4 >> index)) !== 0;
      const letter = index === 2 ? 't' : 's';
      const execute = (mode & 1) !== 0 ? (isSpecial ? letter : 'x') : isSpecial ? letter.toUpperCase() : '-'; // prettier-ignore
      return `${(mode & 4) !== 0 ? 'r' : '-'}${(mode & 2) !== 0 ? 'w' : '-'}${execute}`;
    })
    .join('');
}
