import type { ApprovalOption } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';

/** An answer that Codex offers, in its words, and what is written to it when it is chosen. */
export interface Offer extends ApprovalOption {
  result: object;
  /** Whether what was asked for is done then. */
  allows: boolean;
}

const labelChars = 300;
const offer = (option_id: string, label: string, kind: ApprovalOption['kind'], result: object): Offer => ({
  option_id,
  label: label.length > labelChars ? `${label.slice(0, labelChars - 1)}…` : label,
  kind,
  result,
  allows: kind.startsWith('allow'),
});

const decision = (value: unknown) => ({ decision: value });
const goOn = offer('decline', 'No, go on without it', 'reject_once', decision('decline'));
const stop = offer('cancel', 'No, and stop here', 'reject_once', decision('cancel'));

/**
 * `availableDecisions` of a command's request (`CommandExecutionApprovalDecision`), in their order. `decline` is taken by Codex whether it is
 * offered or not, so it is always there. Versions that list no decisions take the four plain ones.
 */
export function commandOffers(params: Fields): Offer[] {
  const given = list(params.availableDecisions);
  const offers = (given.length > 0 ? given : ['accept', 'acceptForSession', 'decline', 'cancel']).flatMap(
    (one, at) => commandOffer(one, at) ?? [],
  );
  return offers.some((one) => one.option_id === 'decline') ? offers : [...offers, goOn];
}

function commandOffer(given: unknown, at: number): Offer | null {
  switch (given) {
    case 'accept':
      return offer('accept', 'Yes, this once', 'allow_once', decision(given));
    case 'acceptForSession':
      return offer('acceptForSession', 'Yes, and the same again in this session', 'allow_always', decision(given));
    case 'decline':
      return goOn;
    case 'cancel':
      return stop;
  }
  const words = list(fields(fields(given).acceptWithExecpolicyAmendment).execpolicy_amendment)
    .map(string)
    .filter((word) => word !== undefined);
  if (words.length > 0) {
    const label = `Yes, and every command that begins with \`${words.join(' ')}\`, in all sessions (kept in Codex's own rules)`;
    return offer(`rule-${at}`, label, 'allow_always', decision(given));
  }
  const network = fields(fields(fields(given).applyNetworkPolicyAmendment).network_policy_amendment);
  const host = string(network.host);
  if (host === undefined) return null;
  const allowed = network.action === 'allow';
  return offer(
    `host-${at}`,
    `${allowed ? 'Yes, and' : 'No, and never'} connections to ${host}, in all sessions (kept in Codex's own rules)`,
    allowed ? 'allow_always' : 'reject_always',
    decision(given),
  );
}

/** `FileChangeApprovalDecision`: the request lists none, all four are taken. */
export const fileOffers: readonly Offer[] = [
  offer('accept', 'Yes, this once', 'allow_once', decision('accept')),
  offer('acceptForSession', 'Yes, and these files again in this session', 'allow_always', decision('acceptForSession')),
  goOn,
  stop,
];

const accepted = (_meta: object | null) => ({ action: 'accept', content: {}, _meta });

/** A call of an MCP tool is asked for as an elicitation; `_meta.persist` says for how long an answer can hold. */
export function toolOffers(persist: unknown): Offer[] {
  const lasting = list(persist);
  return [
    offer('accept', 'Yes, this once', 'allow_once', accepted(null)),
    ...(lasting.includes('session')
      ? [offer('session', 'Yes, and again in this session', 'allow_always', accepted({ persist: 'session' }))]
      : []),
    ...(lasting.includes('always')
      ? [
          offer(
            'always',
            "Yes, and always, in all sessions (kept in Codex's own settings)",
            'allow_always',
            accepted({ persist: 'always' }),
          ),
        ]
      : []),
    offer('decline', 'No, go on without it', 'reject_once', { action: 'decline', content: null, _meta: null }),
    offer('cancel', 'No, and stop here', 'reject_once', { action: 'cancel', content: null, _meta: null }),
  ];
}

/** `item/permissions/requestApproval`: what is granted is what was asked for, or nothing. */
export function permissionOffers(permissions: object): Offer[] {
  return [
    offer('turn', 'Yes, for this turn', 'allow_once', { permissions, scope: 'turn' }),
    offer('session', 'Yes, for this session', 'allow_always', { permissions, scope: 'session' }),
    offer('decline', 'No', 'reject_once', { permissions: {}, scope: 'turn' }),
  ];
}

/** What clients are told of them. */
export const optionsOf = (offers: readonly Offer[]): ApprovalOption[] =>
  offers.map(({ option_id, label, kind }) => ({ option_id, label, kind }));
