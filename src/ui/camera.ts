import { noCamera } from './try-view';

/** The longer side of what is taken: bases look at squares of 224 or 299 pixels. */
const longest = 640;

/** The camera on the back of a phone, or the one that sees the user. Elsewhere there is no difference. */
export type Facing = 'environment' | 'user';

/** A camera whose picture a `<video>` shows, until it is let go. */
export class Camera {
  #stream: MediaStream | null;

  private constructor(
    stream: MediaStream,
    readonly video: HTMLVideoElement,
  ) {
    this.#stream = stream;
  }

  /**
   * Asks for a camera; rejects with what `cameraTrouble` explains.
   * @param onLost called when it is unplugged, or taken away in the address bar
   */
  static async open(video: HTMLVideoElement, facing: Facing, onLost: () => void): Promise<Camera> {
    // Plain http offers none.
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    if (mediaDevices === undefined) throw noCamera();
    const stream = await mediaDevices.getUserMedia({
      video: { width: { ideal: 640 }, facingMode: { ideal: facing } },
      audio: false,
    });
    const camera = new Camera(stream, video);
    try {
      stream.getVideoTracks()[0]?.addEventListener('ended', onLost);
      video.srcObject = stream;
      await video.play();
    } catch (error) {
      camera.close();
      throw error;
    }
    return camera;
  }

  get isOpen(): boolean {
    return this.#stream !== null;
  }

  /** What it sees now, as a JPEG; null before its first picture and after its last. */
  async picture(): Promise<Blob | null> {
    const { videoWidth, videoHeight } = this.video;
    if (videoWidth === 0 || !this.isOpen) return null;
    const scale = Math.min(1, longest / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(videoWidth * scale));
    canvas.height = Math.max(1, Math.round(videoHeight * scale));
    canvas.getContext('2d')!.drawImage(this.video, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.video.srcObject = null;
  }
}

/** Whether there is another camera to turn to; known once the user has allowed one. */
export async function hasSeveralCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').length > 1;
}
