import { t } from '../../strings/index.ts';
import { useTranscript } from '../conversation/session-context.ts';
import { QueueChip } from './queue-chip.tsx';

/** Messages that wait for the running turn, in the order they will be sent. */
export function QueueList() {
  const queue = useTranscript((view) => view.queue);
  const running = useTranscript((view) => view.runningTurn !== null);
  if (queue.length === 0) return null;
  return (
    <section className="queue" aria-label={running ? t.queue.title : t.queue.held}>
      <p className="queue-title">{running ? t.queue.title : t.queue.held}</p>
      <ul>
        {queue.map((message, at) => (
          <QueueChip key={message.queueId} message={message} at={at} queue={queue} />
        ))}
      </ul>
    </section>
  );
}
