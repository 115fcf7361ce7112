/** Why this file exists: every view finds out whether the strip is being dragged without being handed it. */
import { createContext } from 'preact';

export const ScrubbingContext = createContext(false);
