import type { Diagnosis, DiagnosisTopic } from '../../shared/calls/diagnosis.ts'

export const fine = (about: DiagnosisTopic, sentence: string): Diagnosis => ({
  verdict: 'fine',
  about,
  sentence,
  remedy: null
})

export const note = (about: DiagnosisTopic, sentence: string, remedy: string | null = null): Diagnosis => ({
  verdict: 'note',
  about,
  sentence,
  remedy
})

export const problem = (about: DiagnosisTopic, sentence: string, remedy: string): Diagnosis => ({
  verdict: 'problem',
  about,
  sentence,
  remedy
})
