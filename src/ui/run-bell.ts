import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SessionView } from '../session/intents';
import type { LaneState } from '../session/state';
import { announcement } from './lane-view';
import { icon } from './parts/icon';
import { isActive } from './plan';
import { SessionController } from './session-controller';
import { base, controls } from './styles';
import { words } from './words';

/** A run that ends sooner is waited for, in seconds. */
const long = 60;

/**
 * Tells by a notification that a long run has ended while the page was out of sight. The permission is asked for by a
 * press of the button only, and the button is there for long runs only.
 */
@customElement('run-bell')
export class RunBell extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      button {
        margin-left: -0.625rem;
      }
    `,
  ];

  @property({ attribute: false }) session: SessionView | null = null;
  @state() private permission = 'Notification' in globalThis ? Notification.permission : 'denied';
  readonly #controller = new SessionController(this, ({ lanes }) => [
    lanes.map(({ phase }) => phase).join(),
    isLong(lanes),
  ]);
  #lanes: readonly LaneState[] = [];

  protected override updated(): void {
    const lanes = this.#controller.state?.lanes ?? [];
    const ended = this.#lanes.some(isActive) && !lanes.some(isActive) && lanes.length > 0;
    if (ended && document.hidden && this.permission === 'granted')
      void notify(announcement(this.#lanes, lanes));
    this.#lanes = lanes;
  }

  override render() {
    const { lanes = [] } = this.#controller.state ?? {};
    if (this.permission !== 'default' || !isLong(lanes)) return nothing;
    return html`<button class="quiet small" @click=${this.#ask}>
      ${icon('info', 16)} ${words.bell.tellMe}
    </button>`;
  }

  readonly #ask = async (): Promise<void> => {
    this.permission = await Notification.requestPermission();
  };
}

const isLong = (lanes: readonly LaneState[]): boolean =>
  lanes.some(
    (lane) =>
      isActive(lane) && Object.values(lane.progress).some(({ secondsLeft }) => (secondsLeft ?? 0) > long),
  );

async function notify(body: string): Promise<void> {
  const options = { body, tag: 'headway-run', icon: 'icon-192.png' };
  try {
    const notification = new Notification('Headway', options);
    notification.onclick = () => window.focus();
  } catch {
    // Chrome on Android allows it to service workers only.
    await (await navigator.serviceWorker.getRegistration())?.showNotification('Headway', options);
  }
}
