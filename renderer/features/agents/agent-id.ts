/**
 * The id of a new agent, made of its name: what stands in the record of each of its sessions. An agent that is added again under the same name
 * gets the same id, so that its sessions find it again.
 * @param taken - ids of all agents there are.
 */
export function agentId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 34)
    .replace(/-+$/, '');
  const base = plain === '' ? 'agent' : plain;
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  return id;
}
