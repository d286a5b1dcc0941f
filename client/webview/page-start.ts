/** How a page begins that is shown once and then gets messages: ready, the first message, and whether it is visible. */

interface Opened<Message> {
  onMessage(message: Message): void;
}

/** Creates the page when its first message arrives. Messages before are not for it. */
export function startPage<Message extends { readonly kind: string }>(
  post: (
    message:
      { readonly kind: 'ready' } | { readonly kind: 'visibility'; readonly visible: boolean },
  ) => void,
  create: (first: Extract<Message, { kind: 'show' }>) => Opened<Exclude<Message, { kind: 'show' }>>,
): void {
  let page: Opened<Exclude<Message, { kind: 'show' }>> | undefined;
  window.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (isFirst(data)) page = create(data);
    else page?.onMessage(data as Exclude<Message, { kind: 'show' }>);
  });
  document.addEventListener('visibilitychange', () =>
    post({ kind: 'visibility', visible: !document.hidden }),
  );
  post({ kind: 'ready' });
}

function isFirst<Message extends { readonly kind: string }>(
  message: Message,
): message is Extract<Message, { kind: 'show' }> {
  return message.kind === 'show';
}
