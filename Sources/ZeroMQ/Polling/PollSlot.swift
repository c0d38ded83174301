/// The place of a socket or a descriptor in a ``Poller``, until it is removed.
package struct PollSlot: Hashable, Sendable {
  let index: Int
}
