import { describe } from 'vitest'
import { growsLinearly } from './grows-linearly.ts'
import { transcripts, transcriptTexts } from './worst-inputs/transcripts.ts'

describe('S-11: a transcript of many lines at one time', () => {
  growsLinearly(transcriptTexts)
  growsLinearly(transcripts)
})
