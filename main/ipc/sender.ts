/** What of an IPC event says who sent it. `senderFrame` is null when the frame is gone already. */
export interface IpcSender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/**
 * Looks at who sent a message, before it is looked at what was sent.
 * @returns null when it is the top frame of our window showing our page; otherwise why not.
 */
export function refusedSender(
  event: IpcSender,
  known: { isOurWindow(contentsId: number): boolean; isOwnPage(url: string): boolean },
): string | null {
  if (!known.isOurWindow(event.sender.id)) return 'not one of our windows';
  if (event.senderFrame === null) return 'the frame is gone';
  if (event.senderFrame.parent !== null) return 'not the top frame';
  if (!known.isOwnPage(event.senderFrame.url)) return 'not our page';
  return null;
}
