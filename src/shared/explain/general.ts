import { ownValues, shown, type Builder } from './story.ts'

/** The fallback when nothing more is known: the failure's own sentence. */
export const general: Builder = (story) => ({
  title: story.failure.sentence.replace(/\.$/, ''),
  happened: [shown(story.failure.sentence)],
  values: ownValues(story, 'command'),
  remedies: () => [
    {
      sentence: story.failure.expected
        ? `Expected: ${story.failure.expected}.`
        : 'The timeline shows the events before it.',
      commands: []
    }
  ],
  parts: ['at']
})

/** Error 23: the NVM store failed. */
export const memoryFailure: Builder = (story) => ({
  title: 'NVM could not be written',
  happened: [
    shown(story.failure.sentence, story.evidence.last('nvm')),
    shown('The module keeps the previous content: a setting is stored completely or not at all.')
  ],
  values: ownValues(story, 'NVM'),
  remedies: () => [
    {
      sentence: 'Free space in the state folder, or give the simulator a writable one, then send the command again.',
      commands: story.command ? [`AT${story.command.text}`] : [],
      act: 'mend-nvm'
    }
  ],
  parts: ['nvm:ca-certificate', 'nvm:client-certificate', 'nvm:private-key']
})
