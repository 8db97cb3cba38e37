/** One line of what the doctor found. */
export interface Diagnosis {
  /** `fine`; `note`: worth knowing, and nothing that keeps a terminal from working; `problem`: it does. */
  readonly verdict: 'fine' | 'note' | 'problem'
  /** What was looked at: `pty`, `limits`, `link`, … */
  readonly about: DiagnosisTopic
  readonly sentence: string
  /** What mends it: a command line, or a sentence. `null` where nothing has to be done. */
  readonly remedy: string | null
}

export const diagnosisTopics = [
  'pty',
  'packages',
  'limits',
  'folder',
  'link',
  'holder',
  'lock',
  'line',
  'adapter'
] as const
export type DiagnosisTopic = (typeof diagnosisTopics)[number]
