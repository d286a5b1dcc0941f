/** Tags that move to another release: `latest`, `lts`, `nightly-alpine`, and the variant alone in `golang:alpine`. */
import type { ImageName } from './image.ts';
import { productNamed } from './products.ts';
import { officialName, releasesIn } from './releases.ts';

const moving =
  /^(?:latest|lts|current|main|master|trunk|nightly|edge|stable|oldstable|mainline|rolling|testing|unstable|sid|canary|next|head|dev|develop)$/i;
/** A date, a version or a commit, with which the tag does not move. */
const fixed = /\d{6,}|\d{4}-\d\d|\d+\.\d+|(?:^|-)(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{7,}(?:-|$)/;
/** Parts of tags of official images that name no release of what the image contains. */
const variant =
  /^(?:alpine[\d.]*|slim|bookworm|bullseye|buster|trixie|stretch|noble|jammy|focal|fpm|apache|cli|zts|jdk|jre|eclipse|temurin|corretto|amazoncorretto|openj9|ubi\d*|onbuild|windowsservercore|nanoserver)$/;
const systems: ReadonlySet<string> = new Set(['debian', 'ubuntu', 'alpine', 'centos', 'fedora', 'amazonlinux']); // prettier-ignore

/** Official images without end-of-life data whose tags begin with a version. */
const others: ReadonlySet<string> = new Set(['rust', 'maven', 'gcc', 'swift', 'haskell', 'julia', 'clojure', 'caddy', 'bun', 'composer', 'memcached', 'influxdb', 'httpd', 'wordpress']); // prettier-ignore

export function isMovingTag(image: ImageName): boolean {
  const tag = image.tag ?? '';
  const [head = '', ...rest] = tag.split('-');
  if (moving.test(head)) return head === 'latest' || head === 'lts' || !fixed.test(rest.join('-'));
  return namesOnlyVariant(image);
}

/** Whether the tag of an official image names its variant, but no release of the image itself. */
export function namesOnlyVariant(image: ImageName): boolean {
  const name = officialName(image);
  if (name === undefined || systems.has(name) || (productNamed(name) === undefined && !others.has(name))) return false; // prettier-ignore
  const parts = (image.tag ?? '').split('-');
  return parts.every((part) => variant.test(part)) && !releasesIn(image).some((one) => one.isImage);
}
