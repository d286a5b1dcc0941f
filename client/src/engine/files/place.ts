/** Where files are: in a container, a volume or an image. */

export type FilePlace =
  | { readonly kind: 'container'; readonly id: string; readonly name: string }
  | { readonly kind: 'volume'; readonly name: string }
  | { readonly kind: 'image'; readonly id: string; readonly name: string };

/** Whether both are the same; names of containers and images can change. */
export function placeKey(place: FilePlace): string {
  return `${place.kind}/${place.kind === 'volume' ? place.name : place.id}`;
}

/** The label of containers that are created to read an image or a volume; the views do not show them. */
export const helperLabel = 'drydock.files';

/** Without the containers that are created to read images and volumes. */
export function withoutHelpers<T extends { readonly labels: Readonly<Record<string, string>> }>(
  containers: readonly T[],
): readonly T[] {
  return containers.filter(({ labels }) => !(helperLabel in labels));
}
