/** Names of variables whose values are secrets. */

/** Whether the variable has a password or the like, and not the path of a file with one. */
export function isSecret(name: string): boolean {
  return /(?:PASS(?:WORD|WD|PHRASE)?|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS?)$/i.test(
    name,
  );
}
