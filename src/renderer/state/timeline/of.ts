import type { Store } from '../store/store.ts'
import { TimelineModel } from './model.ts'

const models = new WeakMap<Store, TimelineModel>()

/** Returns the window's model of the timeline. It is kept while the panel is closed, with its filter and bookmarks. */
export function timelineOf(store: Store): TimelineModel {
  const known = models.get(store)
  if (known) return known
  const model = new TimelineModel(store.api)
  models.set(store, model)
  let wasLive = false
  const follow = (): void => {
    const { link, snapshot } = store.get()
    if (!snapshot) return
    const live = link.kind === 'live'
    if ((live && !wasLive) || snapshot.timeline.nextSeq < model.nextSeq) model.renew(snapshot.timeline)
    else if (snapshot.timeline.nextSeq > model.nextSeq) model.take({ events: [] }, snapshot.timeline)
    wasLive = live
  }
  // Before the batch itself, because the model must know first that the simulator was restarted.
  store.subscribe(follow)
  follow()
  store.api.subscribe((batch) => {
    model.take(batch, batch.snapshot.timeline)
  })
  return model
}
