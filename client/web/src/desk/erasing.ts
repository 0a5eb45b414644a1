import { ApiError } from "../http/api";
import type { TableSession } from "../table/session.svelte";
import { words } from "../words";

/** Ask the server to erase something; whether it did. If not, the desk says why: it may be asked again. */
export async function erased(session: TableSession, ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (raised) {
    session.refusal =
      raised instanceof ApiError ? raised.error : { code: "busy", message: words.order.notErased, retry: "same_cid" };
    return false;
  }
}
