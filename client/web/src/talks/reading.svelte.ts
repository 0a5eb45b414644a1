import { getContext, setContext } from "svelte";

import { keptInTab, keptOnDevice } from "../wire/kept";
import type { Channel } from "./channels";
import { PLENARY } from "./channels";

/** Which channel is open, how far each has been read, and what stands typed in it. */
export class Talk {
  open = $state(PLENARY);
  #read = $state.raw<Readonly<Record<string, number>>>({});
  #typed = $state.raw<Readonly<Record<string, string>>>({});
  readonly #keptRead;
  readonly #keptTyped;

  constructor(
    name: string,
    private readonly role: string | null,
  ) {
    this.#keptRead = keptOnDevice<Record<string, number>>(`read.${name}`);
    this.#keptTyped = keptInTab<Record<string, string>>(`typed.${name}`);
    this.#read = this.#keptRead.read() ?? {};
    this.#typed = this.#keptTyped.read() ?? {};
  }

  unread(channel: Channel): number {
    const read = this.#read[channel.id] ?? 0;
    return channel.messages.slice(read).filter((message) => message.role !== this.role).length;
  }

  haveRead(channel: Channel): void {
    if ((this.#read[channel.id] ?? 0) === channel.messages.length) return;
    this.#read = { ...this.#read, [channel.id]: channel.messages.length };
    this.#keptRead.write(this.#read);
  }

  typed(channel: string): string {
    return this.#typed[channel] ?? "";
  }

  type(channel: string, text: string): void {
    const { [channel]: _, ...others } = this.#typed;
    this.#typed = text === "" ? others : { ...others, [channel]: text };
    this.#keptTyped.write(this.#typed);
  }
}

const KEY = Symbol("talk");

export function provideTalk(talk: Talk): Talk {
  return setContext(KEY, talk);
}

export function useTalk(): Talk {
  return getContext(KEY);
}
