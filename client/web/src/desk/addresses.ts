const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Where others reach this server: what it says itself, else where this page came from. */
export function joinAddresses(told: readonly string[], origin: string): readonly string[] {
  return told.length > 0 ? told : [origin];
}

/** Whether nobody but this computer can reach any of them. */
export function onlyHere(addresses: readonly string[]): boolean {
  return addresses.every((address) => LOOPBACK.test(new URL(address).hostname));
}
