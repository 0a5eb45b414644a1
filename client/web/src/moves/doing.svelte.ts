import type { AskedAction } from "../generated/protocol";
import type { TableSession } from "../table/session.svelte";

/** One action at a time: a second press while the first is under way does nothing. */
export class Doing {
  busy = $state(false);

  constructor(private readonly session: TableSession) {}

  /** Whether it was done; a refusal stands in the banner. */
  async act(action: AskedAction): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const reply = await this.session.act(action);
    this.busy = false;
    return reply.ok;
  }
}
