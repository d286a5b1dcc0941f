/** Where files are: in a container, a volume or an image. */

export type FilePlace =
  | { readonly kind: 'container'; readonly id: string; readonly name: string }
  | { readonly kind: 'volume'; readonly name: string }
  | { readonly kind: 'image'; readonly id: string; readonly name: string };

/** Whether both are the same; names of containers and images can change. */
export function placeKey(place: FilePlace): string {
  return `${place.kind}/${place.kind === 'volume' ? place.name : place.id}`;
}
