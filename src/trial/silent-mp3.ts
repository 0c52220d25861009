/** MPEG-1 layer III, 128 kbit/s, 44.1 kHz, stereo: the head of a frame without padding. */
const HEAD = Buffer.from([0xff, 0xfb, 0x90, 0x00]);
const FRAME_BYTES = 417;
const FRAMES_PER_SECOND = 44_100 / 1152;

/** Some seconds of silence as an MP3 file: a true recording of nothing, to hand in where a task asks for sound. */
export function silentMp3(seconds: number): Buffer {
  const frame = Buffer.concat([HEAD, Buffer.alloc(FRAME_BYTES - HEAD.length)]);
  return Buffer.concat(Array.from({ length: Math.ceil(seconds * FRAMES_PER_SECOND) }, () => frame));
}
