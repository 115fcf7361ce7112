/** Why this file exists: speed, depth of captions and theme outlive the page where the page may store something. */
import { speeds } from './player-state';
import type { Preferences } from './player-state';

const storageKey = 'loopscope-player';
const defaults: Preferences = { speed: 1, mechanics: false, theme: 'auto', view: 'both', axis: 'steps', presenter: false };

/** What was chosen before; the defaults where storing is forbidden or damaged. */
export function loadPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return defaults;
    const fields = stored as Readonly<Record<string, unknown>>; // each field is looked at below
    return {
      speed: speeds.find(speed => speed === fields['speed']) ?? defaults.speed,
      mechanics: fields['mechanics'] === true,
      theme: fields['theme'] === 'dark' || fields['theme'] === 'light' ? fields['theme'] : defaults.theme,
      view: fields['view'] === 'machine' || fields['view'] === 'timeline' ? fields['view'] : defaults.view,
      axis: fields['axis'] === 'time' ? 'time' : defaults.axis,
      presenter: fields['presenter'] === true,
    };
  } catch {
    return defaults;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // A sandboxed page may not store anything: then it is chosen anew next time.
  }
}
