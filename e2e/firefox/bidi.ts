/**
 * A Firefox that is installed, driven by WebDriver BiDi as far as a journey needs it: Playwright drives only its own
 * builds.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

type Answer = Record<string, unknown>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Answer;
  readonly params?: Answer;
  readonly error?: string;
  readonly message?: string;
}
interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Milliseconds until it has to listen. */
const startPatience = 60_000;

export class Firefox {
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (params: Answer) => void>();
  #asked = 0;

  private constructor(
    process: ChildProcess,
    socket: WebSocket,
    readonly profile: string,
  ) {
    this.#process = process;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as Message));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has ended'));
      this.#waiting.clear();
    });
  }

  /** With a profile of its own. `preferences` are those of about:config. */
  static async start(
    path: string,
    preferences: Readonly<Record<string, string | number | boolean>>,
  ): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'headway-firefox-'));
    const lines = Object.entries(preferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const process = spawn(path, ['--headless', '--profile', profile, '--remote-debugging-port=0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const url = await addressOf(process);
    const socket = new WebSocket(`${url}/session`);
    await once(socket, 'open');
    const firefox = new Firefox(process, socket, profile);
    await firefox.ask('session.new', { capabilities: {} });
    return firefox;
  }

  ask(method: string, params: Answer): Promise<Answer> {
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  async listen(event: string, listener: (params: Answer) => void): Promise<void> {
    this.#listeners.set(event, listener);
    await this.ask('session.subscribe', { events: [event] });
  }

  /** Ends it, and forgets what it stored. */
  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #hear({ id, method, result, params, error, message }: Message): void {
    if (method !== undefined) this.#listeners.get(method)?.(params ?? {});
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result ?? {});
    else waiting?.reject(new Error(`${error}: ${message ?? ''}`));
  }
}

/** Where it listens, as it says itself. */
async function addressOf(process: ChildProcess): Promise<string> {
  const said: string[] = [];
  const timer = setTimeout(() => process.kill(), startPatience);
  try {
    for await (const line of createInterface(process.stderr!)) {
      said.push(line);
      const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (url !== undefined) return url;
    }
  } finally {
    clearTimeout(timer);
    // What it says later is not read, and must not fill the pipe.
    process.stderr!.resume();
  }
  throw new Error(`Firefox did not start: ${said.join('\n')}`);
}
