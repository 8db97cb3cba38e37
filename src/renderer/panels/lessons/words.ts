/** The texts of the Lessons panel; the lessons themselves are in src/shared/lessons. */
export const lessonsWords = {
  panel: {
    name: 'Lessons',
    done: (done: number, all: number) => `${done} of ${all} done`,
    waiting: 'The lessons appear here when the simulator answers.',
    unknownProduct: (product: string, software: string) =>
      `This window does not know ${product} with software ${software}. Choose another product for the lessons.`,
    about:
      'Do each step with its button or by hand, here or in your own terminal. The lesson checks it on the live board.',
    labOff: 'The lab is off, so no server answers at the guide’s address. Start the simulator without --lab off.'
  },

  entry: {
    guide: (chapter: string) => `Guide ${chapter}`,
    stepsDone: (done: number, all: number) => `${done} of ${all} steps done`,
    steps: (done: number, all: number) => `${done} of ${all}`,
    open: (verb: string, title: string) => `${verb}: ${title}`,
    start: 'Start',
    resume: 'Continue',
    repeat: 'Repeat',
    labOff: 'The lab is off.'
  },

  lesson: {
    leave: 'Lessons',
    aboutLeave: 'All lessons',
    done: 'done',
    step: (at: number, all: number) => `${at} of ${all}`,
    restart: 'Start again',
    aboutRestart: 'Start again at the first step; the module stays as it is',
    allDone: (about: string) => `${about} Every event is in the timeline.`
  },

  step: {
    underWay: 'The commands are being typed.',
    next: 'Next',
    type: 'Type it',
    typeAgain: 'Type it again',
    typeAnyway: 'Type it anyway',
    typing: 'Typing',
    aboutType: 'Type it into the terminal of AT0; it also counts when you type it by hand',
    why: 'Why',
    hint: 'Hint',
    back: (step: number) => `Back to step ${step}`,
    sendEscape: 'Send +++',
    sendLeave: 'Send ESC',
    send: (line: string) => `Send ${line}`,
    fix: 'Fix it'
  },

  typed: {
    line: 'the line',
    lines: 'the lines',
    endOfEntry: 'Ctrl-Z',
    guardTime: '1 s',
    store: 'AT#SSLSECDATA=1,1,1,<size>',
    certificate: '-----BEGIN CERTIFICATE----- …'
  },

  labCa: {
    off: 'The lab is off, so there is no CA certificate to store.',
    missing: 'The server of the lab sent no certificate.',
    tooLarge: (bytes: number, product: string, slotBytes: number) =>
      `The CA certificate of the lab has ${bytes} bytes; a slot of ${product} takes ${slotBytes}.`
  }
} as const
