import { CopyButton } from './copy-button.tsx';

/** A command to run in a terminal, with a button that copies it. */
export function CopyableCommand({ command }: { command: string }) {
  return (
    <div className="copyable">
      <code>{command}</code>
      <CopyButton text={command} />
    </div>
  );
}
