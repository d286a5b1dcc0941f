#!/bin/sh
# Prints what the package manager with this name prints for a package that does not exist.
# Packages whose name begins with `nosuch` do not exist; all others are installed.
manager=${0##*/}
bad=
version=
for word in "$@"; do
  case "$word" in nosuch* | github.com/nosuch* | nosuch/*) bad=${bad:-$word} ;; *=9.9.9* | *@9.9.9 | *:9.9.9 | *-9.9.9) version=$word ;; esac
done
name=${bad%%[@:=]*}
if [ -z "$bad$version" ]; then
  case "$manager $1" in
    "gem install" | "gem fetch") shift; for word in "$@"; do echo "Successfully installed $word-1.0.0"; done ;;
    *) echo "$manager: done" ;;
  esac
  exit 0
fi
case "$manager" in
  apk)
    echo 'fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz'
    echo 'ERROR: unable to select packages:'
    if [ -n "$bad" ]; then
      printf '  %s (no such package):\n    required by: world[%s]\n' "$bad" "$bad"
    else
      package=${version%%=*}
      printf '  %s-8.9.1-r1:\n    breaks: world[%s]\n' "$package" "$version"
    fi
    exit 1 ;;
  dnf)
    echo 'Last metadata expiration check: 0:00:01 ago on Mon Jan  1 00:00:00 2024.'
    echo "No match for argument: ${bad:-$version}"
    echo "Error: Unable to find a match: ${bad:-$version}" >&2
    exit 1 ;;
  microdnf) echo "error: No package matches '${bad:-$version}'" >&2; exit 1 ;;
  yum)
    echo 'Loaded plugins: fastestmirror, ovl'
    echo "No package ${bad:-$version} available."
    echo 'Error: Nothing to do' >&2
    exit 1 ;;
  zypper) echo "Package '${bad:-$version}' not found."; echo 'Resolving package dependencies...'; exit 104 ;;
  pacman) echo "error: target not found: $bad" >&2; exit 1 ;;
  go)
    if [ -n "$bad" ]; then
      echo "go: $name@latest: module $name: git ls-remote -q origin in /go/pkg/mod/cache/vcs/0a1b: exit status 128:" >&2
      echo '	fatal: could not read Username for '"'https://github.com'"': terminal prompts disabled' >&2
    else
      echo "go: $version: invalid version: unknown revision 9.9.9" >&2
    fi
    exit 1 ;;
  cargo)
    echo '    Updating crates.io index' >&2
    if [ -n "$bad" ]; then
      echo "error: could not find \`$name\` in registry \`crates-io\` with version \`*\`" >&2
    else
      echo "error: could not find \`${version%%@*}\` in registry \`crates-io\` with version \`=9.9.9\`" >&2
    fi
    exit 101 ;;
  gem) echo "ERROR:  Could not find a valid gem '$bad' (>= 0) in any repository" >&2; exit 2 ;;
  bundle) echo "Could not find gem '$bad' in rubygems repository https://rubygems.org/ or installed locally." >&2; exit 7 ;;
  composer)
    printf '\n  [InvalidArgumentException]\n  Could not find a matching version of package %s. Check the package spelling, your version constraint and that the package is available in a stability which matches your minimum-stability (stable).\n\n' "$bad" >&2
    exit 1 ;;
  yarn)
    echo 'yarn add v1.22.22'
    echo "error Error: https://registry.yarnpkg.com/$bad: Not found"
    echo 'info Visit https://yarnpkg.com/en/docs/cli/add for documentation about this command.'
    exit 1 ;;
  pnpm)
    echo " ERR_PNPM_FETCH_404  GET https://registry.npmjs.org/$name: Not Found - 404"
    echo
    echo 'This error happened while installing a direct dependency of /srv/app'
    echo
    echo "$name is not in the npm registry, or you have no permission to fetch it."
    exit 1 ;;
  *) echo "$manager: cannot find $bad" >&2; exit 1 ;;
esac
