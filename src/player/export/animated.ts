/** Why this file exists: a run, or a passage of it, becomes an animated picture that plays anywhere. */
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Palette } from 'gifenc';
import { goTo } from '../moves';
import type { Player } from '../player-state';
import { drawSvg, pageAsSvg } from './picture';

/** More frames would be megabytes. */
export const mostFrames = 120;
const width = 960;
const colors = 128;

/** The beats that are drawn: of the passage, if one is chosen; of a longer run every second, third … */
export function framesOf(player: Player): readonly number[] {
  const last = (player.recording.value?.beats.length ?? 0) - 1;
  const { from = 0, to = last } = player.passage.value ?? {};
  const every = Math.ceil((to - from + 1) / mostFrames);
  const beats: number[] = [];
  for (let beat = from; beat <= to; beat += every) beats.push(beat);
  return beats;
}

/** The animation as the bytes of a GIF, at the player's speed. `told` hears how far it has come. */
export async function animatedPicture(player: Player, told: (done: number, all: number) => void): Promise<Uint8Array> {
  const recording = player.recording.value;
  const before = player.step.value;
  const gif = GIFEncoder();
  const beats = framesOf(player);
  const delay = 1000 / player.preferences.value.speed;
  let palette: Palette | undefined;
  player.playing.value = false;
  for (const [n, beat] of beats.entries()) {
    goTo(player, recording?.beats[beat]?.last ?? -1);
    await nextFrame();
    const context = await drawSvg(pageAsSvg(), width);
    const { data, width: wide, height } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
    // The player has few colours, and the same in every frame: one palette does.
    palette ??= quantize(data, colors);
    const isLast = n === beats.length - 1;
    gif.writeFrame(applyPalette(data, palette), wide, height, { palette, delay: isLast ? delay * 3 : delay });
    told(n + 1, beats.length);
  }
  gif.finish();
  goTo(player, before);
  return gif.bytes();
}

/** The page has been drawn with the new step. */
function nextFrame(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
