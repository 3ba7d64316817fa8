/* A soft tone at an answer, for those who asked for one. */

const SECONDS = 0.5;
const LOUDNESS = 0.06;

let context: AudioContext | null = null;

/** Get ready; a browser allows sound only from a press of the patient's on. */
export function prepareSound(): void {
  context ??= new AudioContext();
  void context.resume();
}

/** Play the tone; nothing where no sound is possible. */
export function chime(): void {
  if (!context || context.state !== "running") return;
  const tone = context.createOscillator();
  const volume = context.createGain();
  const now = context.currentTime;
  tone.frequency.setValueAtTime(523, now);
  tone.frequency.setValueAtTime(659, now + SECONDS / 3);
  volume.gain.setValueAtTime(0, now);
  volume.gain.linearRampToValueAtTime(LOUDNESS, now + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, now + SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(now);
  tone.stop(now + SECONDS);
}
