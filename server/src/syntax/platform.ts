/** Platforms as in containerd's platforms package, which BuildKit uses for `--platform`. */

/** The operating systems and architectures that it accepts without the other. */
const known =
  /^(?:aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|macos|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos|386|amd64|amd64p32|x86_64|x86-64|i386|arm|armbe|armhf|armel|arm64|arm64be|aarch64|loong64|mips|mipsle|mips64|mips64le|mips64p32|mips64p32le|ppc|ppc64|ppc64le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm)$/i;

export function isPlatform(text: string): boolean {
  const parts = text.split('/');
  if (parts.length > 3 || !parts.every((part) => /^[A-Za-z0-9_.()-]+$/.test(part))) return false;
  return parts.length > 1 || known.test(text);
}
