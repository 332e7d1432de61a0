/** The one tone that the product plays: at a new alarm, and where an installer tries the sound. */

const HERTZ = 660;
const SECONDS = 0.35;
const RISE_SECONDS = 0.04;
const LOUDNESS = 0.12;

/** Quiet, and soft at both ends: people work here. Silent while the browser keeps `audio` suspended. */
export function playTone(audio: AudioContext): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  const at = audio.currentTime;
  oscillator.frequency.value = HERTZ;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + RISE_SECONDS);
  gain.gain.linearRampToValueAtTime(0, at + SECONDS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + SECONDS);
}
