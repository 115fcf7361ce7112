/** Why this file exists: every view finds the words of the reader's language without being handed them. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { wordsInEnglish } from '../words/en';
import type { Words } from '../words/en';

export const WordsContext = createContext<Words>(wordsInEnglish);

export function useWords(): Words {
  return useContext(WordsContext);
}
