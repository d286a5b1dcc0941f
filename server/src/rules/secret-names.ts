/** Variables that are called like secrets, and those of them that are none. */

/** BuildKit's own words. */
const secret = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const harmless = /(?:^|_)(?:public|file|version)(?:_|$)/i;
/** The fingerprint of a key that signs is known to all. */
const signingKey = /(?:^|_)(?:gpg|pgp)(?:_|$)/i;
const fingerprint = /^(?:0x)?[\dA-F]{8,}$/i;
/** What a setting says that is called like a secret: a switch, a number, the place of a file or of a service. */
const setting =
  /^(?:true|false|yes|no|on|off|none|auto|always|never|required|optional|enabled|disabled|\d{1,5}|(?:~|\.{1,2}|\$\w+|\$\{\w+\}|[A-Za-z]:)?(?:[/\\][\w.-]+)+|https?:\/\/[^@\s]+)$/i;
/** What BuildKit takes for a secret; it goes by the name alone. */
export function soundsSecret(name: string): boolean {
  return secret.test(name) && !harmless.test(name);
}

/** The value tells that nothing is given away. Of what has none, only the name is known. */
export function isPublic(name: string, value: string): boolean {
  if (!signingKey.test(name)) return setting.test(value);
  return (
    value === '' ||
    value
      .trim()
      .split(/\s+/)
      .every((one) => fingerprint.test(one))
  );
}
