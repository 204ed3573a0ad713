import { ensureBuilt } from '../../scripts/ensure-built.mjs';

/** Before tests with real programs: the built app is what they start, as a person does; from source a start takes more than twice the work. */
export async function setup(): Promise<void> {
  await ensureBuilt();
}
