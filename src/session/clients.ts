import { EngineClient } from '../worker/client';
import type { Memory } from '../worker/memory/memory';

/** The session's workers by name, bases by their ids; all of them keep what they store in the same place. */
export class Clients {
  readonly #made = new Map<string, EngineClient>();
  #memory: Memory | null = null;

  constructor(readonly create = (name: string) => new EngineClient(name)) {}

  /** The same one for the same name; its worker starts when it is first called. */
  of(name: string): EngineClient {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    const client = this.create(name);
    if (this.#memory !== null) client.keepIn(this.#memory);
    this.#made.set(name, client);
    return client;
  }

  keepIn(memory: Memory): void {
    this.#memory = memory;
    for (const client of this.#made.values()) client.keepIn(memory);
  }
}
