const LOOK_EVERY_MS = 5_000;
const JUMP_MS = 15_000;

/** Calls `wake` when the page may have been asleep: shown again, back on line, or time has jumped. Returns the undo. */
export function onWake(wake: () => void): () => void {
  const shown = () => document.visibilityState === "visible" && wake();
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (Math.abs(now - last) > JUMP_MS) wake();
    last = now;
  }, LOOK_EVERY_MS);
  addEventListener("pageshow", wake);
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", shown);
  return () => {
    clearInterval(timer);
    removeEventListener("pageshow", wake);
    removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", shown);
  };
}
