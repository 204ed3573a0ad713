/** The first two letters of a provider (several begin with the same one) on a ground of its own, so that rows can be told apart at a glance. */
export function ProviderMark({ id, name }: { id: string; name: string }) {
  return (
    <span className="provider-mark" data-provider={id} aria-hidden="true">
      {name.slice(0, 2)}
    </span>
  );
}
