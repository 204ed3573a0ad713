/**
 * The first two letters of a provider (several begin with the same one) on a ground of its own, so that rows can be told apart at a glance. They are
 * drawn and not written: beside a name they are no part of it, for a screen reader and for whoever speaks to the page.
 */
export function ProviderMark({ id, name }: { id: string; name: string }) {
  return <span className="provider-mark" data-provider={id} data-letters={name.slice(0, 2)} aria-hidden="true" />;
}
