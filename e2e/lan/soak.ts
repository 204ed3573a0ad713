import { setTimeout as wait } from 'node:timers/promises';
import { type Desk, startDesk } from './desk.ts';
import { createNetwork, type Network } from './network.ts';
import { type Phones, startPhones } from './phones.ts';
import { type Random, seeded } from './random.ts';
import type { Answer, DurableEvent } from './resuming-client.ts';

export interface SoakOptions {
  runs: number;
  seed: number;
  /** Phones that run at the same time, each with a session of its own. */
  phones: number;
  /** Also an outage of a minute, once in a hundred runs. */
  long: boolean;
  /** Stops after this long, with the runs that are done. */
  withinMs: number;
  say: (line: string) => void;
}

export interface SoakReport {
  runs: number;
  seed: number;
  events: number;
  faults: Readonly<Record<string, number>>;
  reconnections: number;
  seconds: number;
  /** What must never happen, with the seed of the run in which it did. */
  failures: readonly string[];
}

/** What happens to the whole network at once, between the phones' own faults: one a round, in turn, so that a short soak has each of them. */
export const networkFaults = ['cable', 'kill', 'address', 'astray'] as const;
/** What happens to one phone: the first message of a run has the next of them, later ones a random one. */
export const phoneFaults = ['reset', 'half_open', 'slow', 'close', 'none'] as const;
/** The cable is out this long at least once in so many runs, where that may take long. */
const longOutage = { ms: 60_000, everyRuns: 100 };
/** How long one step may take: longer than the longest outage, with room for a busy machine. */
const patienceMs = longOutage.ms + 90_000;
const prompts = [
  'hello',
  'help',
  'count to 8',
  'count to 25',
  'think about cables',
  'plan',
  'big 200',
  'write note.txt: rain on the roof',
  'ask',
] as const;

/** Everything a phone of a person needs to go on with a conversation. */
export const phoneScopes = [
  'chat',
  'sessions:read',
  'sessions:write',
  'approvals:read',
  'approvals:write',
  'server:read',
];

/** The words of a conversation as a person reads them in the end. */
export const finalText = (events: readonly DurableEvent[]): string =>
  events
    .filter(({ type }) => type === 'text' || type === 'user_message')
    .map(({ type, text }) => `${type}: ${String(text)}`)
    .join('\n');

const turnsIn = (events: readonly DurableEvent[], type: string) => events.filter((event) => event.type === type).length;

/**
 * Phones on another computer chat with the desk while the network fails them: cables pulled, connections reset, half open or not read, the gateway
 * killed, its address changed. After each round every phone has to have every durable event exactly once, in order, as the desk's own client and
 * the log have it.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { runs, seed, say } = options;
  const began = performance.now();
  await using network = await createNetwork();
  await using desk = await startDesk(network);
  await using phones = startPhones(network.phone);
  const names = Array.from({ length: Math.min(options.phones, runs) }, (_, at) => `phone${at + 1}`);
  for (const phone of names) {
    await phones.order({ op: 'pair', phone, link: await desk.pairingLink(phone, phoneScopes) });
  }
  const tally: Record<string, number> = {};
  const failures: string[] = [];
  let done = 0;
  let events = 0;
  let round = 0;
  const count = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1;
  };
  while (done < runs && performance.now() - began < options.withinMs) {
    const told = failures.length;
    const seeds = names.slice(0, runs - done).map((_, at) => seed + done + at);
    const shared = seeded(seeds[0]! ^ 0x5bd1e995);
    const { everyRuns, ms } = longOutage;
    const outage = options.long && Math.floor((done + seeds.length) / everyRuns) > Math.floor(done / everyRuns);
    const fault = outage ? 'cable' : networkFaults[round++ % networkFaults.length]!;
    count(outage ? 'cable_60s' : fault);
    const work = seeds.map((one, at) => run(desk, phones, names[at]!, seeded(one), done + at, count));
    const disturbing = disturb(network, desk, fault, shared, outage ? ms : 2_000);
    const results = await Promise.allSettled(work);
    await disturbing;
    for (const [at, result] of results.entries()) {
      if (result.status === 'fulfilled') {
        events += result.value.events;
        failures.push(...result.value.wrong.map((what) => `seed ${seeds[at]} (${fault}): ${what}`));
      } else failures.push(`seed ${seeds[at]} (${fault}): ${String(result.reason)}`);
    }
    for (const failure of failures.slice(told)) say(failure);
    done += seeds.length;
    say(`${done} of ${runs} runs, seeds ${seeds[0]} to ${seeds.at(-1)}: ${fault}; ${failures.length} failures`);
    if (failures.length > 20) break;
  }
  let reconnections = 0;
  for (const phone of names) {
    const report = await phones.order<{ violations: string[]; connections: number }>({ op: 'report', phone });
    failures.push(...report.violations);
    reconnections += report.connections - 1;
  }
  failures.push(...desk.client.violations);
  const verified = await desk.client.ask({ type: 'verify' });
  if (!(verified.result as { ok?: boolean } | undefined)?.ok) failures.push('the chain of hashes does not hold');
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return { runs: done, seed, events, faults: tally, reconnections, seconds, failures };
}

async function disturb(
  network: Network,
  desk: Desk,
  fault: (typeof networkFaults)[number],
  random: Random,
  cableMs: number,
): Promise<void> {
  await wait(random.below(900));
  if (fault === 'cable') {
    await network.cable(false);
    await wait(cableMs);
    await network.cable(true);
  } else if (fault === 'astray') {
    await network.astray(true);
    await wait(1_000 + random.below(3_000));
    await network.astray(false);
  } else if (fault === 'kill') await desk.killAndRestart();
  else {
    await network.address(random.below(2) === 0 ? 0 : 1);
    await wait(500 + random.below(1_500));
    await network.address(0, true);
  }
}

/** One phone, one session: some messages with faults of its own, then the comparison. */
async function run(
  desk: Desk,
  phones: Phones,
  phone: string,
  random: Random,
  index: number,
  count: (what: string) => void,
): Promise<{ events: number; wrong: string[] }> {
  // A command that is sent twice under one id has to be carried out once: every third run opens its session so, others at random.
  const send = (frame: object, twice: boolean) => {
    if (twice) count('twice');
    return phones.order<Answer>({ op: 'ask', phone, frame, twice });
  };
  const ask = (frame: object) => send(frame, random.chance(0.3));
  const cwd = desk.folder(`${phone}-${random.below(1_000_000)}`);
  const opened = await send(
    { type: 'new_chat', cwd, provider: 'demo', mode: 'ask' },
    index % 3 === 0 || random.chance(0.3),
  );
  if (!opened.ok) throw new Error(`no session: ${JSON.stringify(opened.error)}`);
  const session = (opened.result as { session_id: string }).session_id;
  desk.client.follow(session);
  await phones.order({ op: 'follow', phone, session });

  const messages = 1 + random.below(2);
  const answering = answerApprovals(desk, session, random.chance(0.5) ? ask : (frame) => desk.client.ask(frame));
  for (let at = 0; at < messages; at += 1) {
    const text = random.pick(prompts);
    const saying = random.chance(0.25) ? desk.client.ask(messageOf(session, text)) : ask(messageOf(session, text));
    const fault = at === 0 ? phoneFaults[index % phoneFaults.length]! : random.pick(phoneFaults);
    count(fault);
    await wait(random.below(500));
    if (fault !== 'none') await phones.order({ op: 'fault', phone, fault, ms: 100 + random.below(800) });
    const said = await saying;
    if (!said.ok) throw new Error(`not taken: ${JSON.stringify(said.error)}`);
  }
  const expected = await settled(desk, phones, phone, session, messages);
  answering.stop();
  const got = await phones.order<DurableEvent[]>({ op: 'events', phone, session });
  const wrong: string[] = [];
  if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push(`${session}: other events than at the desk`);
  if (got.some(({ seq }, at) => seq !== at + 1)) wrong.push(`${session}: not every event exactly once, in order`);
  if (finalText(got) !== finalText(expected)) wrong.push(`${session}: another text than at the desk`);
  await phones.order({ op: 'forget', phone, session });
  desk.client.forget(session);
  return { events: expected.length, wrong };
}

/** The whole of a conversation in which nothing is to come any more: every message has its turn, and log, desk and phone are equally long. */
async function settled(
  desk: Desk,
  phones: Phones,
  phone: string,
  session: string,
  messages: number,
): Promise<readonly DurableEvent[]> {
  const events = () => desk.client.events(session);
  const deadline = performance.now() + 2 * patienceMs;
  while (performance.now() < deadline) {
    // A message that waited when the gateway was killed goes on waiting until a person says what to do with it.
    const turnsEnded = () =>
      turnsIn(events(), 'turn_started') > 0 && turnsIn(events(), 'turn_end') === turnsIn(events(), 'turn_started');
    const waiting = () => turnsIn(events(), 'message_queued') - turnsIn(events(), 'queue_removed');
    const all = () => turnsIn(events(), 'user_message') + waiting() >= messages;
    await desk.client.until(() => turnsEnded() && all(), 'the end of every turn', patienceMs);
    const length = await lengthInLog(desk, session);
    await desk.client.until(() => events().length >= length, 'the end of the log at the desk', 30_000);
    await phones.order({ op: 'until', phone, session, seq: length, withinMs: patienceMs });
    if (turnsEnded() && events().length === length && (await lengthInLog(desk, session)) === length)
      return [...events()];
  }
  throw new Error(`${session} does not come to rest`);
}

/** Number of events in the log, whose chain of hashes has to hold. */
async function lengthInLog(desk: Desk, session: string): Promise<number> {
  const verified = await desk.client.ask({ type: 'verify', session_id: session });
  const report = verified.result as { ok: boolean; sessions: { events: number }[] } | undefined;
  if (!report?.ok) throw new Error(`${session}: the chain of hashes does not hold`);
  return report.sessions[0]?.events ?? 0;
}

const messageOf = (session_id: string, text: string) => ({ type: 'message', session_id, text });

/** A person, at the phone or at the desk, who answers whatever is asked. */
function answerApprovals(desk: Desk, session: string, ask: (frame: object) => Promise<Answer>): { stop(): void } {
  const answered = new Set<string>();
  const timer = setInterval(() => {
    for (const event of desk.client.events(session)) {
      const approval_id = String(event.approval_id);
      if (event.type !== 'approval_request' || answered.has(approval_id)) continue;
      answered.add(approval_id);
      const questions = (event.questions ?? []) as { question: string; options?: { label: string }[] }[];
      const answers = Object.fromEntries(questions.map((one) => [one.question, one.options?.[0]?.label ?? 'yes']));
      ask({
        type: 'approval_response',
        session_id: session,
        approval_id,
        decision: 'allow_once',
        ...(questions.length > 0 ? { answers } : {}),
      }).catch(() => {});
    }
  }, 100);
  return { stop: () => clearInterval(timer) };
}
