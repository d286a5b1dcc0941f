/** Variables that are called like secrets, and those of them that are none. */

/** BuildKit's own words. */
const secret = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const harmless = /(?:^|_)(?:public|file|version)(?:_|$)/i;

/** What BuildKit takes for a secret; it goes by the name alone. */
export function soundsSecret(name: string): boolean {
  return secret.test(name) && !harmless.test(name);
}

/** The value shows that no secret is stored. Without a value, only the name is known. */
export function isPublic(name: string, value: string): boolean {
  const said = value.trim();
  if (describes.test(name) && !isRandom(said) && /^[\w.,:/ -]{0,60}$/.test(said)) return true;
  if (switched.test(said)) return true;
  if (/^\d{1,5}$/.test(said)) {
    return measure.test(name) || (/^[01]$/.test(said) && toggle.test(name));
  }
  const isKeyAlone = signingKey.test(name) && !moreThanKey.test(name);
  return (isKeyAlone && isFingerprints(said)) || isPlace(name, said);
}

/** The key that signs a release has a fingerprint, which is known to all. */
const signingKey = /(?:^|_)(?:gpg|pgp)(?:_|$)/i;
const moreThanKey = /priv|secret|pass|pword|token|auth|credential/i;
/** Of 4, 8, 16, 20 and 32 bytes, as GnuPG has written them over the years. */
const fingerprint = /^(?:0x)?(?:[\dA-F]{8}|[\dA-F]{16}|[\dA-F]{32}|[\dA-F]{40}|[\dA-F]{64})!?$/i;

function isFingerprints(value: string): boolean {
  const words = value.split(/[\s,]+/);
  if (words.every((one) => fingerprint.test(one))) return true;
  // One in groups of four, as it is printed.
  return words.every((one) => /^[\dA-F]{4}$/i.test(one)) && fingerprint.test(words.join(''));
}

const switched =
  /^(?:true|false|yes|no|on|off|none|auto|always|never|required|optional|enabled|disabled)$/i;
/** What a number says of a secret; where the name ends otherwise, it is a weak one. */
const measure =
  /_(?:port|ttl|timeout|expir\w*|len|length|size|bits|count|limit|max|min|age|lifetime|duration|interval|rounds|iterations|retries|days|hours|minutes|seconds|ms)$/i;
const toggle =
  /(?:^|_)(?:use|no|with|without|is|has|enabled?|disabled?|allow|require|skip|empty|random|dummy|check\w*|verify)(?:_|$)/i;

/** The last word of names that say something about a secret: `API_KEY_HEADER`, `AUTH_TYPE`, `SECRET_NAME`. */
const describes =
  /_(?:header|headers|header_?name|name|names|type|kind|format|prefix|suffix|scheme|mode|method|algo|algorithm|alg|issuer|audience|provider|backend|driver|store|storage|strategy|field|param|parameter|claim|scope|scopes|realm|policy|source|manager|module|plugin|class|encoding|url|uri|host|server|endpoint|service|domain|enabled|required|path|paths|dir|directory|folder|location|cookie|cookies)$/i;

/** A path without a slash at its start, to a file of a kind that keys and settings have. */
const relativePath =
  /^[\w.-]+(?:\/[\w.-]+)+\.(?:key|pem|crt|cer|cert|pub|asc|gpg|p12|pfx|jks|json|ya?ml|toml|ini|conf|cfg|properties|txt|env)$/i;

const path = /^(?:~|\.{1,2}|\$\w+|\$\{\w+\}|[A-Za-z]:)?(?:[/\\][\w.-]+)+$/;
const address = /^https?:\/\/[^@?#\s]+$/i;
const namesPlace =
  /_(?:path|dir|directory|folder|home|root|prefix|location|ur[il]|endpoint|route)$/i;

/** A file, a folder or an address, with nothing in it that only its owner may know. */
function isPlace(name: string, value: string): boolean {
  if (address.test(value)) return !value.split('/').some(isRandom);
  if (relativePath.test(value)) return !value.split('/').some(isRandom);
  if (!path.test(value) || value.split(/[/\\]/).some(isRandom)) return false;
  // One word after one slash may be a password as well.
  return !/^[/\\][^/\\.]+$/.test(value) || namesPlace.test(name);
}

/** As a key in base 64 is, which may have slashes in it, or the secret part of an address. */
function isRandom(part: string): boolean {
  if (/^[\da-f-]{32,}$/i.test(part)) return true;
  return /^[\w-]{16,}$/.test(part) && /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);
}
