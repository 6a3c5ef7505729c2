import { expose } from 'comlink';
import { live, nameOfLife } from '../../engine/alive';
import { nothing, onDisk } from '../../engine/memory/layer';
import { MemoryStore } from '../../engine/memory/memory-store';
import { openStorage } from '../../engine/storage';
import { carryErrorData } from '../errors-on-the-wire';
import { serveMemory } from './served';

/** Bytes in memory, and how many there may be. */
export interface MemoryRoom {
  readonly used: number;
  readonly limit: number;
}

/** What the page asks of the one worker that holds the memory. */
export interface MemoryOwnerApi {
  /** Before anything else. `overDisk`: what the database holds is still there to be read. */
  open(limit: number, overDisk: boolean): void;
  /** Offers `MemoryApi` at a port, for one asker. */
  connect(asker: number, port: MessagePort): void;
  /** That asker is gone. */
  disconnect(asker: number): void;
  room(): MemoryRoom;
  /** As `MemoryApi.life`. */
  life(): Promise<string>;
}

carryErrorData();
const name = nameOfLife();
const life = live(name).then(() => name);
let store: MemoryStore;
const askers = new Map<number, () => void>();
const api: MemoryOwnerApi = {
  open: (limit, overDisk) =>
    void (store = new MemoryStore(limit, overDisk ? onDisk(openStorage()) : nothing)),
  connect: (asker, port) => void askers.set(asker, serveMemory(store, port, life)),
  disconnect(asker) {
    askers.get(asker)?.();
    askers.delete(asker);
  },
  room: () => ({ used: store.bytes, limit: store.limit }),
  life: () => life,
};
expose(api);
